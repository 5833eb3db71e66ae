import { Drawer } from 'antd';
import { t } from '../words/words.ts';
import { SideMenu } from './side-menu.tsx';

export function PhoneMenu({ onClose }: { onClose: () => void }) {
  return (
    <Drawer open placement="left" size={280} title={t('app.name')} onClose={onClose} styles={{ body: { padding: 0 } }}>
      <SideMenu onGo={onClose} />
    </Drawer>
  );
}
