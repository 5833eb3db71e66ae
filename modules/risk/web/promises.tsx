import { Button } from 'antd';
import { useState } from 'react';
import { CallDialog } from '#kernel/web/call-dialog.tsx';
import { queryClient } from '#kernel/web/query-client.ts';
import { mayUse, useMe } from '#kernel/web/session.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { promise, promises } from '../module.ts';
import { installationWords as words } from './words.ts';

/** Who has committed to safety today and who has not; an enterprise does it here. */
export function Promises() {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { data } = useApi(promises, {});
  const site = me.posts.find((post) => post.party !== null)?.party;
  if (data === undefined) return null;
  return (
    <>
      <span>
        {say(words.committed)} <b>{data.items.length}</b>
      </span>
      {data.missing.length > 0 && (
        <span className="late" title={data.missing.map((one) => one.siteName).join('、')}>
          {say(words.uncommitted)} <b>{data.missing.length}</b>：
          {data.missing
            .slice(0, 3)
            .map((one) => one.siteName)
            .join('、')}
        </span>
      )}
      {mayUse(me, promise.by) && site && <Button onClick={() => setOpen(true)}>{say(promise.label)}</Button>}
      {open && site && (
        <CallDialog
          contract={promise}
          initial={{ site, running: 0, stopped: 0, specialWork: 0, level: 4 }}
          draft="risk.promise"
          onClose={() => setOpen(false)}
          onDone={async () => {
            await queryClient.invalidateQueries({ queryKey: ['risk.promises'] });
            return say(words.promised);
          }}
        />
      )}
    </>
  );
}
