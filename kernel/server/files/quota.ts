import { fault } from '../../fault.ts';
import type { Principal } from '../../permission.ts';
import type { Runtime } from '../context.ts';
import { guardOf } from '../db/transaction.ts';

const chinaMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const mb = 1_048_576;

/** The day in China a file is counted on, and how long that day still lasts. */
function dayOf(now: Date): { day: string; seconds: number } {
  const local = now.getTime() + chinaMs;
  return { day: new Date(local).toISOString().slice(0, 10), seconds: Math.ceil((dayMs - (local % dayMs)) / 1000) };
}

/**
 * Counts one upload of so many bytes on the person's day, before it is read; refused ones are counted too, for they cost the
 * same. One statement on one row: of many at once none slips through. @throws fault files.quota
 */
export async function countUpload(runtime: Runtime, who: Principal, bytes: number): Promise<void> {
  const { uploadDayFiles, uploadDayMb } = runtime.config;
  const { day, seconds } = dayOf(runtime.clock());
  const most = uploadDayMb * mb;
  const counted =
    bytes > most
      ? undefined
      : await runtime.db.write(guardOf(who), (tx) =>
          tx.client.run(
            `insert into kernel.upload_day as known (person, day, files, bytes) values ($1, $2, 1, $3)
             on conflict (person, day) do update set files = known.files + 1, bytes = known.bytes + excluded.bytes
             where known.files < $4 and known.bytes + excluded.bytes <= $5`,
            [who.person, day, bytes, uploadDayFiles, most],
          ),
        );
  if (counted?.rowCount !== 1) throw fault('files.quota', { files: uploadDayFiles, megabytes: uploadDayMb, seconds });
}

/** Puts right what was counted for an upload that did not say how long it is. */
export async function correctUpload(runtime: Runtime, who: Principal, counted: number, real: number): Promise<void> {
  const { day } = dayOf(runtime.clock());
  await runtime.db.write(guardOf(who), (tx) =>
    tx.client.run('update kernel.upload_day set bytes = greatest(0, bytes - $3) where person = $1 and day = $2', [
      who.person,
      day,
      counted - real,
    ]),
  );
}

/** Days that are over limit nobody any more. */
export async function forgetUploadDays(runtime: Runtime): Promise<void> {
  const { day } = dayOf(new Date(runtime.clock().getTime() - 7 * dayMs));
  await runtime.db.write(await runtime.system(), (tx) => tx.client.run('delete from kernel.upload_day where day < $1', [day]));
}
