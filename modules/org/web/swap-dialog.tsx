import { Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { addDays, chinaDate } from '#kernel/calendar.ts';
import { useNow } from '#kernel/web/clock.tsx';
import { rememberNames } from '#kernel/web/form/picked-names.ts';
import { StartForm } from '#kernel/web/matter/start-form.tsx';
import { useApi } from '#kernel/web/use-api.ts';
import { say } from '#kernel/web/words/words.ts';
import { duty } from '../module.ts';
import { type ShiftLine, shiftRoles } from '../schema.ts';
import { swap } from '../swap.workflow.ts';
import { dayOf, movesOf } from './rota-days.ts';
import { dayWord, hoursWord, words } from './rota-words.ts';
import '#kernel/web/styles/dialog.css';

const aheadDays = 31;

/** Asks for an exchange: first for which shift of the same role, then with whom and why. */
export function SwapDialog({ shift, onClose }: { shift: ShiftLine; onClose: () => void }) {
  const now = useNow();
  const id = useId();
  const [theirs, setTheirs] = useState<string>();
  const today = chinaDate(now);
  const all = useApi(duty.rota, { desk: shift.desk, from: today, to: addDays(today, aheadDays) }, { staleTime: 60_000 }).data?.items ?? [];
  const choices = all.filter((one) => !one.mine && one.role === shift.role && movesOf(one, now).swap);
  const chosen = choices.find((one) => one.id === theirs);
  const wordsOf = (one: ShiftLine) => `${dayWord(dayOf(one), now)} ${hoursWord(one)}`;
  if (chosen) rememberNames({ [chosen.person]: chosen.name });
  return (
    <Modal
      open
      title={say(words.swap)}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
      width={620}
      className="action-dialog"
      destroyOnHidden
    >
      <p>
        <b>{wordsOf(shift)}</b> {say(shiftRoles[shift.role])}
      </p>
      <div className="swap-choice">
        <label htmlFor={id}>{say(words.swapWith)}</label>
        <Select
          id={id}
          value={theirs ?? ''}
          onChange={(next) => setTheirs(next || undefined)}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: say(words.swapNone) },
            ...choices.map((one) => ({ value: one.id, label: `${one.name} · ${wordsOf(one)}` })),
          ]}
        />
        <p className="quiet">{say(words.swapHelp)}</p>
      </div>
      <StartForm
        key={theirs}
        kind={swap.kind}
        start="request"
        initial={{ shift: shift.id, ...(chosen ? { other: chosen.person, otherShift: chosen.id } : {}) }}
        onCancel={onClose}
      />
    </Modal>
  );
}
