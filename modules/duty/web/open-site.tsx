import { Link } from '@tanstack/react-router';

/** Opens who answers for an object beside the list it stands in. */
export function OpenSite({ id, name }: { id: string; name: string }) {
  return (
    <Link from="/duties" to="/duties" search={(before) => ({ ...before, id })}>
      {name}
    </Link>
  );
}
