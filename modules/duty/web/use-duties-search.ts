import { useNavigate, useSearch } from '@tanstack/react-router';
import type { DutiesSearch } from '#kernel/web/search-params.ts';

const size = 50;

/** What the address asks for; a changed filter begins at the first page, an opened object keeps the page. */
export function useDutiesSearch() {
  const search = useSearch({ from: '/signed-in/duties' });
  const navigate = useNavigate();
  const page = search.page ?? 1;
  const go = (part: Partial<DutiesSearch>) => void navigate({ to: '/duties', search: { ...search, ...part }, replace: true });
  return {
    search,
    window: { limit: size, offset: (page - 1) * size },
    change: (part: Partial<DutiesSearch>) => go({ page: undefined, ...part }),
    open: (site: string | undefined) => go({ id: site }),
    paging: (total: number | undefined) => ({
      page,
      size,
      total: total ?? 0,
      onPage: (next: number) => go({ page: next === 1 ? undefined : next }),
    }),
  };
}
