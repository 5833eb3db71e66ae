import { Link } from '@tanstack/react-router';

export function SiteLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to="/sites" search={{ id }}>
      {name}
    </Link>
  );
}
