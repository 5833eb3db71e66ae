import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

const megabyte = 1024 * 1024;

/** `name=value` pairs for the server's command line: the same at every start, whatever an old configuration file says. */
export function serverSettings(clusterDir: string, memory = machineMemory(), free = freeBytes(clusterDir)): string[] {
  const sharedBuffers = Math.max(32, Math.min(256, Math.floor(memory / megabyte / 8)));
  // The write-ahead log may grow to this size; on a small disk it must not be what fills it.
  const walSize = Math.max(256, Math.min(4096, Math.floor(free / megabyte / 8)));
  return [
    'max_connections=100',
    `shared_buffers=${sharedBuffers}MB`,
    `max_wal_size=${walSize}MB`,
    // The npm build knows pglz only; lz4 would stop it from starting.
    'wal_compression=pglz',
    'timezone=UTC',
    'log_timezone=UTC',
    'logging_collector=off',
    'log_line_prefix=%m [%p] %q%u@%d ',
    // Failed statements and the DETAIL of violated constraints quote personal data: they stay out of the log (PIPL art. 51).
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'fsync=on',
    'full_page_writes=on',
    'password_encryption=scram-sha-256',
  ];
}

/** Memory this process may use: a container's limit where there is one, else the machine's. */
function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

export function freeBytes(path: string): number {
  const stat = statfsSync(path);
  return stat.bavail * stat.bsize;
}

/** A new cluster needs ~80 MB and its log; below 32 MB not even recovery after a crash is sure to end. */
export function judgeSpace(free: number, isNew: boolean): 'ok' | 'low' | 'refuse' {
  if (free < (isNew ? 200 : 32) * megabyte) return 'refuse';
  return free < 200 * megabyte ? 'low' : 'ok';
}
