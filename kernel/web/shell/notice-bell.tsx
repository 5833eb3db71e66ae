import { BellOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { list, unreadCount } from '../../notice-contract.ts';
import { NoticeRows } from '../pages/notice-rows.tsx';
import { useApi } from '../use-api.ts';
import { t } from '../words/words.ts';

export function NoticeBell() {
  const [open, setOpen] = useState(false);
  const unread = useApi(unreadCount, {}).data?.unread ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={<Latest onGo={() => setOpen(false)} />}
      destroyOnHidden
    >
      <Button type="text" aria-label={unread > 0 ? `${t('notice.title')}: ${t('notice.unread', { n: unread })}` : t('notice.title')}>
        <Badge count={unread} size="small" overflowCount={99} color="var(--brand-badge)">
          <BellOutlined />
        </Badge>
      </Button>
    </Popover>
  );
}

function Latest({ onGo }: { onGo: () => void }) {
  const latest = useApi(list, { limit: 8 });
  return (
    <div className="bell-list">
      <NoticeRows items={latest.data?.items} error={latest.error} onGo={onGo} />
      <Link to="/notices" onClick={onGo} className="bell-all">
        {t('notice.see_all')}
      </Link>
    </div>
  );
}
