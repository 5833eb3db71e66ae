import { PlusOutlined } from '@ant-design/icons';
import { Alert, AutoComplete, Button, Input, InputNumber, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import type { InputOfContract } from '#kernel/contract.ts';
import { newId } from '#kernel/id.ts';
import { fillText } from '#kernel/text.ts';
import { call } from '#kernel/web/api.ts';
import { faultText, isPassing } from '#kernel/web/api-fault.ts';
import { SitePicker } from '#kernel/web/form/pickers.tsx';
import { toast } from '#kernel/web/parts/toast.tsx';
import { queryClient } from '#kernel/web/query-client.ts';
import { getLang, say, t } from '#kernel/web/words/words.ts';
import type { Installation } from '../installation.ts';
import { findSubstance, type Held, heldFaults, identify } from '../major-hazard.ts';
import { categories, substances } from '../major-hazard-tables.ts';
import { installationSave } from '../module.ts';
import { replaced, without } from './drafts.ts';
import { NumberField, RemoveButton, TextField } from './editor-parts.tsx';
import { IdentificationView } from './identification-view.tsx';
import { installationWords as words } from './words.ts';

type Input_ = InputOfContract<typeof installationSave>;
type Line = { key: string; name: string; amount: number | undefined; categories: string[] };
type Props = { known?: Installation; onClose: () => void; onSaved: (id: string) => void };

const newLine = (): Line => ({ key: newId(), name: '', amount: undefined, categories: [] });
const unitTypes = { production: { zh: '生产单元', en: 'Production' }, storage: { zh: '储存单元', en: 'Storage' } } as const;
const roles = ['principal', 'technical', 'operation'] as const;

const heldOf = (lines: readonly Line[]): Held[] =>
  lines.map((line) => {
    const cas = findSubstance({ name: line.name })?.cas;
    return {
      name: line.name.trim(),
      amount: line.amount ?? 0,
      ...(cas ? { cas } : {}),
      ...(line.categories.length > 0 ? { categories: line.categories } : {}),
    };
  });

/** Identification by GB 18218 as one types: the result stands below before anything is sent; the server computes it once more. */
export function InstallationDialog({ known, onClose, onSaved }: Props) {
  const [site, setSite] = useState<string | undefined>(known?.site);
  const [name, setName] = useState(known?.name ?? '');
  const [type, setType] = useState(known?.type ?? 'storage');
  const [people, setPeople] = useState<number | undefined>(known?.people);
  const [filedNo, setFiledNo] = useState(known?.filedNo ?? '');
  const [names, setNames] = useState<Record<string, string>>(known?.officers ?? {});
  const [lines, setLines] = useState<Line[]>(
    known?.held.map((one) => ({ key: newId(), name: one.name, amount: one.amount, categories: [...(one.categories ?? [])] })) ?? [
      newLine(),
    ],
  );
  const [failure, setFailure] = useState<string>();
  const request = useRef(newId());
  const [id] = useState(known?.id ?? newId());

  const held = heldOf(lines);
  const faults = heldFaults(held);
  const result = faults.length === 0 && people !== undefined ? identify(held, people) : undefined;
  const missing = [
    ...(site ? [] : [say({ zh: '监管对象', en: 'supervised object' })]),
    ...(name.trim() ? [] : [say(words.name)]),
    ...(people === undefined ? [say(words.people)] : []),
    ...faults.map((fault) => fillText(fault.what === 'amount' ? words.amountWrong : words.unknown, { n: fault.index + 1 }, getLang())),
  ];

  const send = async () => {
    if (missing.length > 0 || !site || people === undefined)
      return setFailure(fillText(words.wrong, { what: missing.join('、') }, getLang()));
    const all = roles.every((role) => names[role]?.trim());
    const officers = all
      ? {
          officers: Object.fromEntries(roles.map((role) => [role, { name: names[role] ?? '' }])) as unknown as NonNullable<
            Input_['officers']
          >,
        }
      : {};
    const input: Input_ = {
      id,
      site,
      name: name.trim(),
      type,
      held: held.map((one) => ({ ...one, categories: [...(one.categories ?? [])] })),
      people,
      ...officers,
      ...(filedNo ? { filedNo } : {}),
    };
    try {
      await call(installationSave, input, request.current);
    } catch (error) {
      if (!isPassing(error)) request.current = newId();
      return setFailure(faultText(error));
    }
    await queryClient.invalidateQueries({ queryKey: ['risk.installations'] });
    toast.done(say(words.saved));
    onSaved(id);
    onClose();
  };

  return (
    <Modal
      open
      onCancel={onClose}
      title={say(installationSave.label)}
      width={960}
      className="action-dialog risk-dialog"
      mask={{ closable: false }}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('say.cancel')}
        </Button>,
        <Button key="send" type="primary" onClick={() => void send()}>
          {say(installationSave.label)}
        </Button>,
      ]}
    >
      <p className="quiet">{t('record.because', { laws: (installationSave.because ?? []).join('、') })}</p>
      <div className="risk-fields">
        <div className="risk-field">
          <label htmlFor="installation-site">{say({ zh: '监管对象', en: 'Supervised object' })}</label>
          <SitePicker field={siteField} id="installation-site" value={site} onChange={setSite} />
        </div>
        <TextField label={words.name} path="name" value={name} max={100} onChange={setName} />
        <div className="risk-field">
          <label htmlFor="installation-type">{say({ zh: '单元类型', en: 'Kind of unit' })}</label>
          <Select
            id="installation-type"
            value={type}
            onChange={setType}
            options={(Object.keys(unitTypes) as (keyof typeof unitTypes)[]).map((value) => ({ value, label: say(unitTypes[value]) }))}
          />
        </div>
        <NumberField label={words.people} path="people" value={people} min={0} max={1_000_000} onChange={setPeople} />
        <TextField label={words.filedNo} path="filedNo" value={filedNo} max={60} onChange={setFiledNo} />
        {roles.map((role) => (
          <TextField
            key={role}
            label={words[role]}
            path={role}
            value={names[role]}
            max={40}
            onChange={(value) => setNames({ ...names, [role]: value })}
          />
        ))}
      </div>
      <HeldLines lines={lines} onChange={setLines} />
      {result && <IdentificationView found={result} />}
      {failure && <Alert type="error" title={failure} />}
    </Modal>
  );
}

const siteField = { name: 'site', label: { zh: '监管对象', en: 'Supervised object' }, look: 'site', required: true, limits: {} } as const;
const substanceOptions = substances.map((one) => ({ value: one.name, label: one.cas ? `${one.name} ${one.cas}` : one.name }));
const categoryOptions = categories.map((one) => ({ value: one.symbol, label: `${one.symbol} ${one.name}` }));

function HeldLines({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: Line[]) => void }) {
  return (
    <div className="held-scroll">
      <table className="held-table">
        <thead>
          <tr>
            <th scope="col">{say(words.substance)}</th>
            <th scope="col">{say(words.amount)}</th>
            <th scope="col">
              {say(words.category)} <span className="quiet">{say(words.categoryHelp)}</span>
            </th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => {
            const set = (part: Partial<Line>) => onChange(replaced(lines, i, { ...line, ...part }));
            return (
              <tr key={line.key}>
                <td>
                  <AutoComplete
                    aria-label={say(words.substance)}
                    value={line.name}
                    options={substanceOptions}
                    showSearch={{ filterOption: (text, option) => (option?.label ?? '').includes(text.trim()) }}
                    onChange={(name: string) => set({ name })}
                    style={{ width: 220 }}
                  >
                    <Input />
                  </AutoComplete>
                </td>
                <td>
                  <InputNumber<number>
                    aria-label={say(words.amount)}
                    value={line.amount ?? null}
                    min={0}
                    changeOnWheel={false}
                    onChange={(amount) => set({ amount: amount ?? undefined })}
                  />
                </td>
                <td>
                  <Select<string[]>
                    aria-label={say(words.category)}
                    mode="multiple"
                    value={line.categories}
                    options={categoryOptions}
                    onChange={(next) => set({ categories: next })}
                    popupMatchSelectWidth={false}
                    style={{ minWidth: 220 }}
                  />
                </td>
                <td>{lines.length > 1 && <RemoveButton what={line.name} onClick={() => onChange(without(lines, i))} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...lines, newLine()])}>
        {say(words.addLine)}
      </Button>
    </div>
  );
}
