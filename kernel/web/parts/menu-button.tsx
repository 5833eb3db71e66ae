import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { usePopup } from './use-popup.ts';
import './popup.css';

export type MenuItem =
  | { key: string; label: string; icon?: ReactNode; danger?: boolean; checked?: boolean; onPick: () => void }
  | { key: string; heading: string }
  | { key: string; divider: true };

type Props = {
  items: readonly MenuItem[];
  label?: string;
  icon?: ReactNode;
  type?: 'text' | 'default';
  children?: ReactNode;
  align?: 'left' | 'right';
};

/** A button that opens a list of actions (the WAI-ARIA menu button): arrows move, Home and End jump, Esc closes. */
export function MenuButton({ items, label, icon, type = 'default', children, align = 'left' }: Props) {
  const { box, open, setOpen } = usePopup();
  return (
    <div className="popup-holder" ref={box}>
      <Button
        type={type}
        icon={icon}
        iconPlacement={type === 'default' ? 'end' : 'start'}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(label ? { 'aria-label': label } : {})}
        onClick={() => setOpen(!open)}
      >
        {children}
      </Button>
      {open && <Items items={items} align={align} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Items({ items, align, onClose }: { items: readonly MenuItem[]; align: string; onClose: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  useEffect(() => list.current?.querySelector<HTMLElement>('button')?.focus(), []);
  const onKey = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };
  return (
    <div role="menu" ref={list} tabIndex={-1} className={`popup is-${align} menu-items`} onKeyDown={onKey}>
      {items.map((item) => {
        if ('divider' in item) return <hr key={item.key} />;
        if ('heading' in item)
          return (
            <p key={item.key} className="menu-heading">
              {item.heading}
            </p>
          );
        return <Item key={item.key} item={item} onClose={onClose} />;
      })}
    </div>
  );
}

function Item({ item, onClose }: { item: Extract<MenuItem, { onPick: () => void }>; onClose: () => void }) {
  const role = item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked };
  return (
    <button
      type="button"
      {...role}
      className={item.danger ? 'menu-item is-danger' : 'menu-item'}
      onClick={() => {
        onClose();
        item.onPick();
      }}
    >
      <span className="menu-icon">{item.icon ?? (item.checked ? '✓' : '')}</span>
      {item.label}
    </button>
  );
}
