/** Small things this browser remembers. Private windows may refuse to store: then they are simply not remembered. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(`vigil.${key}`);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`vigil.${key}`);
    else localStorage.setItem(`vigil.${key}`, value);
  } catch {
    // Full or forbidden: what is on screen stays as it is.
  }
}
