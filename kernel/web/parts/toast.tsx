import { CheckCircleFilled, CloseOutlined, InfoCircleFilled, WarningFilled } from '@ant-design/icons';
import { useEffect, useSyncExternalStore } from 'react';
import { faultText } from '../api-fault.ts';
import { t } from '../words/words.ts';
import './toast.css';

type Tone = 'done' | 'info' | 'bad';
type Toast = { id: number; tone: Tone; words: string };

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const show = (tone: Tone) => (words: string) => set([...toasts.slice(-3), { id: ++count, tone, words }]);
const drop = (id: number) => set(toasts.filter((toast) => toast.id !== id));

/** Says what has happened: `done` what was carried out and what comes next, `failed` what was refused and why. */
export const toast = {
  done: show('done'),
  info: show('info'),
  failed: (error: unknown) => show('bad')(faultText(error)),
};

/** Long enough to be read: two seconds, and as many as the words need at a calm pace. */
const readingMs = (words: string): number => 2500 + words.length * 130;

const icons = { done: CheckCircleFilled, info: InfoCircleFilled, bad: WarningFilled };

/** The one place where they appear; it is always there, so that screen readers notice what is added. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function OneToast({ toast: { id, tone, words } }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => drop(id), readingMs(words));
    return () => clearTimeout(timer);
  }, [id, words]);
  const Icon = icons[tone];
  return (
    <div className={`toast is-${tone}`}>
      <Icon aria-hidden />
      <p>{words}</p>
      <button type="button" aria-label={t('say.close')} onClick={() => drop(id)}>
        <CloseOutlined />
      </button>
    </div>
  );
}
