import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names one process beyond doubt: a pid alone is handed out again, and means nothing in another container or after a reboot. */
export interface ProcessMark {
  readonly pid: number;
  /** When the kernel started it: clock ticks since boot on Linux, a date text elsewhere. Empty when it cannot be told. */
  readonly start: string;
  readonly host: string;
  readonly boot: string;
  /** The pid namespace (container). */
  readonly space: string;
}

function quietly(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

function startOf(pid: number): string {
  if (process.platform === 'linux') {
    // Field 22 of stat; the second field is the command in brackets and may itself hold blanks and brackets.
    const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  }
  if (process.platform === 'win32') return '';
  return quietly(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }));
}

export function markOf(pid: number): ProcessMark {
  return {
    pid,
    start: startOf(pid),
    host: hostname(),
    boot: quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    space: quietly(() => readlinkSync('/proc/self/ns/pid')),
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
  // A killed child stays a zombie until its parent reaps it; it holds nothing any more.
  const stat = process.platform === 'linux' ? quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) : '';
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

/** `foreign`: on another machine or in another container, where a pid cannot be looked up from here. */
export function stateOf(mark: ProcessMark): 'alive' | 'dead' | 'foreign' {
  const here = markOf(process.pid);
  if (mark.host === here.host && mark.boot !== here.boot) return 'dead';
  if (mark.host !== here.host || mark.space !== here.space) return 'foreign';
  if (!isAlive(mark.pid)) return 'dead';
  return mark.start === '' || mark.start === startOf(mark.pid) ? 'alive' : 'dead';
}

/** The command line of a living process; empty when it is gone or may not be read. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
  if (process.platform === 'win32') return '';
  return quietly(() => execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }));
}
