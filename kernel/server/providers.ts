/** A slot that a module fills and others use without importing it: map layers, who is responsible, the directory. */
export type Provider<T> = { readonly slot: string; readonly many?: true; readonly type?: T };

export function defineProvider<T>(slot: string): Provider<T> {
  return { slot };
}

/** A slot that several modules may fill; its value is the list of them. */
export function defineProviders<T>(slot: string): Provider<readonly T[]> {
  return { slot, many: true };
}

export type Provided = { slot: string; value: unknown };

export function provide<T>(provider: Provider<T>, value: T extends readonly (infer One)[] ? One : T): Provided {
  return { slot: provider.slot, value };
}

export type Providers = { use<T>(provider: Provider<T>): T; has<T>(provider: Provider<T>): boolean };

/** Collects what the modules provide. A single slot filled twice, or asked for and never filled, is a programming error. */
export function collectProviders(provided: readonly Provided[]): Providers {
  const slots = new Map<string, unknown[]>();
  for (const { slot, value } of provided) slots.set(slot, [...(slots.get(slot) ?? []), value]);
  return {
    use<T>(provider: Provider<T>): T {
      const values = slots.get(provider.slot) ?? [];
      if (provider.many) return values as T;
      if (values.length !== 1) throw new Error(`provider ${provider.slot} is filled ${values.length} times`);
      return values[0] as T;
    },
    has: (provider) => (slots.get(provider.slot) ?? []).length > 0,
  };
}
