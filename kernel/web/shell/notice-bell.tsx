import { BellOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { list, unreadCount } from '../../notice-contract.ts';
import { NoticeRows } from '../pages/notice-rows.tsx';
import { Badge } from '../parts/badge.tsx';
import { usePopup } from '../parts/use-popup.ts';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';

export function NoticeBell() {
  const { box, open, setOpen } = usePopup();
  const unread = useApi(unreadCount, {}).data?.unread ?? 0;
  const label = unread > 0 ? `${t('notice.title')}: ${t('notice.unread', { n: unread })}` : t('notice.title');
  return (
    <div className="popup-holder" ref={box}>
      <Button type="text" aria-label={label} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Badge count={unread}>
          <BellOutlined />
        </Badge>
      </Button>
      {open && (
        <div className="popup is-right bell-list">
          <Latest onGo={() => setOpen(false)} />
        </div>
      )}
    </div>
  );
}

function Latest({ onGo }: { onGo: () => void }) {
  const latest = useApi(list, { limit: 8 });
  return (
    <>
      <NoticeRows items={latest.data?.items} error={latest.error} onGo={onGo} />
      <Link to="/notices" onClick={onGo} className="bell-all">
        {t('notice.see_all')}
      </Link>
    </>
  );
}
