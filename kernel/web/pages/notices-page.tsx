import { CheckOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { list } from '../../notice-contract.ts';
import { query } from '../api.ts';
import { toast } from '../parts/toast.tsx';
import { usePage } from '../shell/page-title.ts';
import { t } from '../words/words.ts';
import { markRead, NoticeRows } from './notice-rows.tsx';

export function NoticesPage() {
  usePage({ title: t('notice.title') });
  const found = useInfiniteQuery({
    queryKey: ['notice.list', 'pages'],
    queryFn: ({ pageParam, signal }) => query(list, { limit: 50, before: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const unread = found.data?.pages[0]?.unread ?? 0;
  const readAll = async () => {
    try {
      const done = await markRead({ all: true });
      toast.done(t('notice.all_read', { n: done.read }));
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <div className="page form-page">
      <header className="page-head">
        <h1 className="page-title">{t('notice.title')}</h1>
        {unread > 0 && (
          <Button icon={<CheckOutlined />} onClick={() => void readAll()}>
            {t('notice.read_all')}
          </Button>
        )}
      </header>
      <div className="card">
        <NoticeRows items={found.data?.pages.flatMap((page) => page.items)} error={found.error} />
      </div>
      {found.hasNextPage && (
        <p className="notice-next">
          <Button onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
            {t('say.earlier')}
          </Button>
        </p>
      )}
    </div>
  );
}
