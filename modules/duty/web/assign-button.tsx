import { z } from 'zod';
import { ask } from '#kernel/field.ts';
import { newId } from '#kernel/id.ts';
import { CallButton } from '#kernel/web/call-button.tsx';
import { rememberNames } from '#kernel/web/form/picked-names.ts';
import { useApi } from '#kernel/web/use-api.ts';
import { assign, items } from '../module.ts';
import { words } from './words.ts';

/** Names an official; the duty item is chosen from the list instead of being typed. */
export function AssignButton({ site, siteName, side }: { site?: string; siteName?: string; side?: string }) {
  const known = useApi(items, {}, { staleTime: 600_000 }).data?.items ?? [];
  if (known.length === 0) return null;
  if (site && siteName) rememberNames({ [site]: siteName });
  const fits = known.filter((item) => side === undefined || item.side === side);
  const options = Object.fromEntries(
    fits.map((item) => [item.id, { zh: `${item.title}（${item.basis}）`, en: `${item.title} (${item.basis})` }]),
  );
  const item = z.enum(Object.keys(options) as [string, ...string[]]).meta(ask('履职事项', 'Duty item', { options }));
  return (
    <CallButton
      contract={assign}
      schema={z.object({ ...assign.input.shape, item })}
      initial={() => ({ id: newId(), ...(site ? { site } : {}), ...(side ? { side } : {}) })}
      type={site ? 'link' : 'primary'}
      refresh={['duty.register', 'duty.orphans', 'duty.overlaps']}
      done={words.assigned}
    />
  );
}
