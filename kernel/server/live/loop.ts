export type Loop = { stop: () => Promise<void>; poke: () => void };

export type LoopOptions = {
  /** How long to wait when there was nothing more to do. */
  idleMs: number;
  /** Pokes closer together than this count as one. */
  gapMs?: number;
  onError: (error: unknown, failures: number) => void;
  /** The first pause after a failure; it doubles up to 30 s. */
  backOffMs?: number;
};

const longestBackOff = 30_000;

/**
 * Does `work` again and again. It answers true when there is more to do, false when there is not (next time after `idleMs` or
 * when poked), or after how many milliseconds to come back.
 */
export function startLoop(work: () => Promise<boolean | number>, options: LoopOptions): Loop {
  const { idleMs, gapMs = 0, backOffMs = 200 } = options;
  let stopped = false;
  let poked = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    let failures = 0;
    while (!stopped) {
      poked = false;
      try {
        const more = await work();
        failures = 0;
        if (more === true || stopped) continue;
        if (!poked) await pause(more === false ? idleMs : more);
        if (poked && gapMs > 0 && !stopped) await pause(gapMs);
      } catch (error) {
        failures++;
        if (stopped) return;
        options.onError(error, failures);
        await pause(Math.min(longestBackOff, backOffMs * 2 ** Math.min(failures - 1, 20)));
      }
    }
  };
  const done = run();
  return {
    stop: () => {
      stopped = true;
      wake();
      return done;
    },
    poke: () => {
      if (poked) return;
      poked = true;
      wake();
    },
  };
}
