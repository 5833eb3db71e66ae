import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { otherUsersFolder } from './database-fault.ts';

/** The system user that runs the database server. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** As distributions number `nobody`; used where the machine has no `postgres` user. */
const nobody: Account = { uid: 65534, gid: 65534 };

function accountNamed(name: string): Account | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}

/**
 * The user to drop to, or undefined to stay the current one. PostgreSQL refuses to run as root, and a cluster only runs as the owner of
 * its files: so the folder's owner decides once it exists.
 * @throws StartupFault data.other_user
 */
export function serverAccount(clusterDir: string): Account | undefined {
  const self = process.getuid?.();
  if (self === undefined) return undefined;
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (self !== 0) {
    if (owner !== undefined && owner.uid !== self) throw otherUsersFolder(clusterDir, owner.uid);
    return undefined;
  }
  if (owner === undefined || owner.uid === 0) return accountNamed('postgres') ?? nobody;
  return { uid: owner.uid, gid: owner.gid };
}

/** Whether the account may enter every folder above and execute the file, judged by mode bits: trying would need that user's rights. */
export function mayExecute(path: string, account: Account): boolean {
  const allows = (place: string): boolean => {
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    const bit = stat.uid === account.uid ? 0o100 : stat.gid === account.gid ? 0o010 : 0o001;
    return (stat.mode & bit) !== 0;
  };
  for (let place = path; ; place = dirname(place)) {
    if (!allows(place)) return false;
    if (place === dirname(place)) return true;
  }
}
