import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { fillPlaces, say } from '../../words/words.ts';
import { words } from './editor-words.ts';

type Props = {
  /** The key of the row: its buttons are found again after it has moved. */
  row: string;
  name: string;
  onMove: (by: 1 | -1) => void;
  onDuplicate?: () => void;
  onRemove: (() => void) | undefined;
};

/** Up, down, copy, remove. The focus stays on the button while its row moves. */
export function RowButtons({ row, name, onMove, onDuplicate, onRemove }: Props) {
  const label = (text: { zh: string; en: string }) => fillPlaces(say(text), { name });
  const move = (by: 1 | -1) => {
    onMove(by);
    requestAnimationFrame(() => document.getElementById(`${row}-${by === 1 ? 'down' : 'up'}`)?.focus());
  };
  return (
    <span className="edit-buttons">
      <Button id={`${row}-up`} type="text" icon={<ArrowUpOutlined />} aria-label={label(words.up)} onClick={() => move(-1)} />
      <Button id={`${row}-down`} type="text" icon={<ArrowDownOutlined />} aria-label={label(words.down)} onClick={() => move(1)} />
      {onDuplicate && <Button type="text" icon={<CopyOutlined />} aria-label={label(words.duplicate)} onClick={onDuplicate} />}
      {onRemove && <Button type="text" icon={<DeleteOutlined />} aria-label={label(words.remove)} onClick={onRemove} />}
    </span>
  );
}
