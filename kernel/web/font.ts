let loaded: Promise<unknown> | undefined;

/**
 * Noto Sans SC, 31 KB of declarations and the subsets the page needs. The fonts of the system come first in the list, so a device
 * that has a Chinese font of its own downloads the declarations alone.
 */
export function loadFont(): Promise<unknown> {
  loaded ??= import('@fontsource-variable/noto-sans-sc/wght.css');
  return loaded;
}

/** After everything that the first screen needs. */
export function loadFontWhenIdle(): void {
  const idle = 'requestIdleCallback' in window ? window.requestIdleCallback : (run: () => void) => setTimeout(run, 200);
  const start = () => idle(() => void loadFont());
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}
