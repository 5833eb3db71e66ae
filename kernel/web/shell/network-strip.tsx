import { CloudSyncOutlined, DisconnectOutlined, LoadingOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useNetwork } from '../network.ts';
import { t } from '../words/words.ts';

/** Says the truth about the line, and says nothing when there is nothing to say. */
export function NetworkStrip() {
  const { online, reachable, sending, live } = useNetwork();
  // A request that takes a moment is no news; one that takes longer is.
  const slow = useLater(sending > 0, 700);
  const stale = useLater(!live, 8000);
  if (!online) return <Strip tone="bad" icon={<DisconnectOutlined />} words={t('net.offline')} />;
  if (!reachable) return <Strip tone="bad" icon={<DisconnectOutlined />} words={t('net.unreachable')} />;
  if (slow && sending > 0) return <Strip tone="calm" icon={<LoadingOutlined />} words={t('net.sending', { n: sending })} />;
  return stale ? <Strip tone="calm" icon={<CloudSyncOutlined />} words={t('net.stale')} /> : null;
}

function Strip({ tone, icon, words }: { tone: 'bad' | 'calm'; icon: React.ReactNode; words: string }) {
  return (
    <div role="status" className={`network-strip is-${tone}`}>
      {icon} {words}
    </div>
  );
}

function useLater(is: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!is) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [is, ms]);
  return is && late;
}
