import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import './popup.css';

export type Tab = { key: string; label: string; content: ReactNode };
type Props = { tabs: readonly Tab[]; active?: string | undefined; onChange?: ((key: string) => void) | undefined; label: string };

/** The WAI-ARIA tabs: arrows move between them, only the chosen one is drawn. Without `active` it keeps its own choice. */
export function Tabs({ tabs, active, onChange, label }: Props) {
  const [own, setOwn] = useState(tabs[0]?.key);
  const current = active ?? own;
  const id = useId();
  const choose = (key: string | undefined) => {
    if (key === undefined) return;
    setOwn(key);
    onChange?.(key);
  };
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.key === current);
    const next = tabs.at((at + step) % tabs.length);
    choose(next?.key);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next?.key}"]`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className="tabs-list" onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            id={`${id}-${tab.key}`}
            aria-selected={tab.key === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === current ? 0 : -1}
            onClick={() => choose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`}>
        {tabs.find((tab) => tab.key === current)?.content}
      </div>
    </>
  );
}
