import { CallButton } from '#kernel/web/call-button.tsx';
import { end } from '../module.ts';
import { words } from './words.ts';

export function EndButton({ id }: { id: string }) {
  return (
    <CallButton
      contract={end}
      type="link"
      initial={{ id }}
      refresh={['duty.register', 'duty.orphans', 'duty.overlaps']}
      done={words.ended}
    />
  );
}
