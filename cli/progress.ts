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
