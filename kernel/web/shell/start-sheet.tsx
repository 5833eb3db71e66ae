import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useMe } from '../session.ts';
import { t } from '../words/words.ts';
import { startLinks } from './start-links.ts';

/** ＋上报: one choice leads on at once where there is only one. */
export function StartSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const links = startLinks(useMe());
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('start.title')} width={420} destroyOnHidden>
      {links.length === 0 && <p>{t('start.none')}</p>}
      <ul className="start-list">
        {links.map((link) => (
          <li key={`${link.kind}.${link.start}`}>
            <Link to="/new/$kind/$start" params={{ kind: link.kind, start: link.start }} onClick={onClose}>
              <span>{link.label}</span>
              <RightOutlined aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
