import { Link } from '@tanstack/react-router';
import { t } from '../words/words.ts';
import { useCrumbs } from './page-title.ts';

export function Crumbs() {
  const crumbs = useCrumbs();
  return (
    <nav aria-label={t('nav.crumbs')} className="crumbs">
      <ol>
        {crumbs.map((crumb, i) => (
          <li key={`${crumb.to ?? ''}${crumb.title}`}>
            {crumb.to && i < crumbs.length - 1 ? <Link to={crumb.to}>{crumb.title}</Link> : <span aria-current="page">{crumb.title}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
