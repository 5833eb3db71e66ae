import { Link } from '@tanstack/react-router';
import { t } from '../words/words.ts';

/** A watchman's lantern. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="mark">
      <path
        d="M12 1.6v2.6M8.2 4.2h7.6M7 7h10l1.2 12H5.8L7 7Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <path d="M4.6 22h14.8" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      <path d="M12 9.6c1.9 2 2.7 3.3 2.7 4.7a2.7 2.7 0 0 1-5.4 0c0-1.4.8-2.7 2.7-4.7Z" fill="currentColor" />
    </svg>
  );
}

export function Brand({ short }: { short: boolean }) {
  return (
    <Link to="/" className="brand">
      <Mark />
      {!short && <span>{t('app.name')}</span>}
      {short && <span className="visually-hidden">{t('app.name')}</span>}
    </Link>
  );
}
