import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { z } from 'zod';
import type { ActionContract } from '../contract.ts';
import type { Text } from '../text.ts';
import { queryClient } from './query-client.ts';
import { mayUse, useMe } from './session.ts';
import { say } from './words/words.ts';

const CallDialog = lazy(() => import('./call-dialog.tsx').then((module) => ({ default: module.CallDialog })));

type Props<O> = {
  contract: ActionContract;
  initial?: Record<string, unknown> | (() => Record<string, unknown>);
  label?: Text;
  schema?: z.ZodObject;
  draft?: string;
  /** Full names of the queries whose answers change by it. */
  refresh: readonly string[];
  /** What happened and what comes next. */
  done: Text | string | ((output: O) => string);
  onDone?: (output: O) => void;
  icon?: ReactNode;
  type?: 'primary' | 'default' | 'link';
};

/** A button for one declared action; it is there only for those whose roles carry it. */
export function CallButton<O>({ contract, initial, label, schema, draft, refresh, done, onDone, icon, type = 'default' }: Props<O>) {
  const me = useMe();
  const [open, setOpen] = useState<Record<string, unknown>>();
  if (!mayUse(me, contract.by)) return null;
  const words = say(label ?? contract.label);
  return (
    <>
      <Button
        type={type}
        icon={icon}
        size={type === 'link' ? 'small' : 'middle'}
        danger={contract.danger === true}
        onClick={() => setOpen(typeof initial === 'function' ? initial() : (initial ?? {}))}
      >
        {words}
      </Button>
      {open && (
        <Suspense>
          <CallDialog
            contract={contract}
            title={words}
            initial={open}
            {...(schema ? { schema } : {})}
            {...(draft ? { draft } : {})}
            onClose={() => setOpen(undefined)}
            onDone={async (output) => {
              await Promise.all(refresh.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
              onDone?.(output as O);
              if (typeof done === 'string') return done;
              return typeof done === 'function' ? done(output as O) : say(done);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
