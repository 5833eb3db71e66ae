import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { say } from '../../words/words.ts';
import { words } from './editor-words.ts';

/** Asks before unsaved changes are lost: inside the application in words, at the window's closing by the browser's own question. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true });
  return (
    <Modal
      open={status === 'blocked'}
      title={say(words.leaveTitle)}
      onCancel={() => reset?.()}
      footer={
        <>
          <Button danger onClick={() => proceed?.()}>
            {say(words.leave)}
          </Button>
          <Button type="primary" onClick={() => reset?.()}>
            {say(words.stay)}
          </Button>
        </>
      }
    >
      {say(words.leaveText)}
    </Modal>
  );
}
