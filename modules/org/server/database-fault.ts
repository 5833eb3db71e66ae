import { type Fault, fault, isFault } from '#kernel/fault.ts';

type Refused = { code?: string; detail?: string; constraint?: string };

/** The rules of the database (see the migrations) in the words of the API; everything else as it is. */
export function asOrgFault(error: unknown): unknown {
  if (isFault(error) || typeof error !== 'object' || error === null) return error;
  return known(error as Refused) ?? error;
}

function known({ code, detail, constraint }: Refused): Fault | undefined {
  if (code === 'VG011') return fault('session.separation', { roles: (detail ?? '').split(',') });
  if (code === 'VG012') return fault('org.post_twice');
  if (code === 'VG013') return fault('org.shift_overlap', { at: detail ?? '' });
  if (code === 'VG014') return fault('org.delegate_admin');
  if (code === 'VG015') return fault('org.delegate_overlap');
  if (code === '23505' && constraint === 'unit_code_key') return fault('org.code_taken', {});
  return undefined;
}

/** Runs writes that a rule of the database may refuse. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asOrgFault(error);
  }
}
