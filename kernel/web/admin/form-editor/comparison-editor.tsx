import { Input, InputNumber, Select } from 'antd';
import type { Comparison, Scalar } from '../../../form/condition.ts';
import { firstComparison, type Operator, operatorOf, operatorsFor, withOperator } from '../../../form/edit/edit-condition.ts';
import type { Item } from '../../../form/form.ts';
import { pick } from '../../../text.ts';
import { getLang, say } from '../../words/words.ts';
import { answersOf } from './answers-of.ts';
import { words } from './editor-words.ts';

type Props = { one: Comparison; earlier: readonly Item[]; onChange: (one: Comparison) => void };

/** An earlier item, how it is compared, and with what. An item that is gone keeps its key on show, so that it can be mended. */
export function ComparisonEditor({ one, earlier, onChange }: Props) {
  const item = earlier.find((other) => other.key === one.item);
  const operators: Operator[] = item ? operatorsFor(item) : [operatorOf(one)];
  const items = earlier.filter((other) => operatorsFor(other).length > 0);
  const names = items.map((other) => ({ value: other.key, label: pick(other.label, getLang()) || other.key }));
  const look = (key: string) => {
    const next = earlier.find((other) => other.key === key);
    if (next) onChange(firstComparison(next));
  };
  return (
    <>
      <Select
        className="condition-item"
        aria-label={say(words.lookedAt)}
        value={one.item}
        options={item ? names : [{ value: one.item, label: one.item }, ...names]}
        status={item ? '' : 'error'}
        onChange={look}
      />
      <Select
        className="condition-operator"
        aria-label={say(words.operator)}
        value={operatorOf(one)}
        options={operators.map((operator) => ({ value: operator, label: say(words[operator]) }))}
        onChange={(operator: Operator) => onChange(withOperator(one, operator))}
      />
      <ValueInput one={one} item={item} onChange={onChange} />
    </>
  );
}

function ValueInput({ one, item, onChange }: { one: Comparison; item: Item | undefined; onChange: (one: Comparison) => void }) {
  const options = item ? answersOf(item) : null;
  const label = { className: 'condition-value', 'aria-label': say(words.value) };
  if ('gt' in one) return <InputNumber<number> {...label} value={one.gt} onChange={(gt) => onChange({ item: one.item, gt: gt ?? 0 })} />;
  if ('lt' in one) return <InputNumber<number> {...label} value={one.lt} onChange={(lt) => onChange({ item: one.item, lt: lt ?? 0 })} />;
  if ('in' in one) {
    const put = (values: Scalar[]) => onChange({ item: one.item, in: values });
    return <Select {...label} mode="multiple" value={one.in.map(String)} options={options ?? []} onChange={put} />;
  }
  const is = (value: Scalar) => onChange({ item: one.item, is: value });
  if (options) return <Select {...label} value={String(one.is)} options={options} onChange={is} />;
  if (item?.kind === 'number')
    return <InputNumber<number> {...label} value={typeof one.is === 'number' ? one.is : null} onChange={(n) => is(n ?? 0)} />;
  return <Input {...label} value={String(one.is)} onChange={(event) => is(event.target.value)} />;
}
