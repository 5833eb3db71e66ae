/** Long steps say what they do, in both languages; a short one says nothing. Goes to stdout, logs go to stderr. */
export function say(zh: string, en: string): void {
  process.stdout.write(`${zh} · ${en}\n`);
}

/** Prints the step's name when it takes longer than a moment, and its seconds at the end. */
export async function step<T>(zh: string, en: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    process.stdout.write(`… ${zh} · ${en}\n`);
  }, 400);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (shown) process.stdout.write(`  ✓ ${zh} ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  }
}

/** A bar that is drawn over itself on a terminal, and a line a step elsewhere. */
export function bar(): { show: (step: string, done: number, of: number) => void; end: () => void } {
  const live = process.stdout.isTTY;
  let last = '';
  return {
    show(step, done, of) {
      const share = of > 0 ? Math.min(1, done / of) : 0;
      const line = of > 0 ? `[${'█'.repeat(Math.round(share * 24)).padEnd(24, '·')}] ${Math.round(share * 100)}% ${step}` : step;
      if (live) process.stdout.write(`\r\x1b[2K${line}`);
      else if (step !== last) process.stdout.write(`${step}\n`);
      last = step;
    },
    end() {
      if (live) process.stdout.write('\r\x1b[2K');
    },
  };
}
