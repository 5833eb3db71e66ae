import { DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { MatterRecord } from '../../matter-contract.ts';
import { findForm } from '../kind-parts.ts';
import { MenuButton, type MenuItem } from '../parts/menu-button.tsx';
import { findAction } from '../registry.ts';
import { say, t } from '../words/words.ts';
import { ownerText } from './owner-text.ts';

const ActionDialog = lazy(() => import('./action-dialog.tsx').then((module) => ({ default: module.ActionDialog })));

type Allowed = MatterRecord['allowed'][number];

function label(kind: string, { action }: Allowed): string {
  const known = findAction(kind, action);
  return known ? say(known.label) : action;
}

/** Buttons come from the server's `allowed` and from nowhere else: one primary, the rest under 更多. */
export function RecordActions({ record }: { record: MatterRecord }) {
  const [open, setOpen] = useState<string>();
  const { kind, allowed } = record;
  const Form = (open !== undefined && findForm(kind, open)) || ActionDialog;
  const first = allowed.find((one) => one.primary) ?? allowed.find((one) => !one.move && !one.danger);
  const rest = allowed.filter((one) => one !== first);
  if (allowed.length === 0) {
    const owner = ownerText(record.owner);
    return (
      <p className="record-idle quiet">
        {owner ? `${t('record.no_actions')} · ${t('record.held_by', { owner })}` : t('record.no_actions')}
      </p>
    );
  }
  const own = rest.filter((one) => !one.move);
  const moves = rest.filter((one) => one.move);
  const item = (one: Allowed): MenuItem => ({
    key: one.action,
    label: label(kind, one),
    danger: one.danger,
    onPick: () => setOpen(one.action),
  });
  const line: MenuItem[] = own.length > 0 && moves.length > 0 ? [{ key: 'line', divider: true }] : [];
  const items = [...own.map(item), ...line, ...moves.map(item)];
  return (
    <section className="record-actions" aria-label={t('record.actions')}>
      {first && (
        <Button type="primary" onClick={() => setOpen(first.action)}>
          {label(kind, first)}
        </Button>
      )}
      {items.length > 0 && (
        <MenuButton items={items} icon={<DownOutlined />}>
          {t('say.more')}
        </MenuButton>
      )}
      {open !== undefined && (
        <Suspense>
          <Form key={open} record={record} action={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
