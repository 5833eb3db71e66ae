import { copyFileSync, mkdirSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { serverAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type PgSettings, withClient, withPatientClient } from './connect.ts';
import { serverFault, startedElsewhere } from './database-fault.ts';
import { openDoor, runProgram } from './door.ts';
import { clusterMajor, initialiseCluster, superuser } from './initdb.ts';
import type { OpenServer } from './open-server.ts';
import { type Address, type Place, type Postmaster, reach, startPostmaster, stopPostmaster } from './postmaster.ts';
import { clearLeftover, readPostmasterFile, whoRuns } from './postmaster-file.ts';
import { isAlive } from './process-mark.ts';
import { appRole, databaseName, ensureRoles, isPrepared, ownerRole, prepareDatabase } from './roles.ts';
import { keepPasswords, type RolePasswords } from './secrets.ts';
import { freeBytes, judgeSpace } from './server-settings.ts';
import { codeOf, diskFull } from './startup-fault.ts';

const logLimit = 10_000_000;

function placeOf(dataDir: string): Place {
  const clusterDir = join(dataDir, 'postgres', 'data');
  const logFile = join(dataDir, 'log', 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  return { clusterDir, logFile, account: serverAccount(clusterDir) };
}

/**
 * The cluster of the data folder, running: adopted when it already runs, started otherwise, created when there is none.
 * @param alone whether no other Vigil process lives on the folder, so that a server that hangs may be restarted
 * @param before the address of the server that died under this process
 */
export async function openEmbedded(config: Config, log: Log, alone: boolean, before?: Address): Promise<OpenServer> {
  const place = placeOf(config.dataDir);
  const { passwords, fresh } = keepPasswords(config.dataDir, 'embedded');
  const running = whoRuns(place.clusterDir);
  if (running.state === 'other') throw startedElsewhere(place.clusterDir, running.pid);
  trimLog(place.logFile);
  if (running.state === 'ours' && !fresh) {
    const server = reach(place, running.file);
    if (await answers(server, passwords, alone, log)) return describeServer(place, server, passwords);
  }
  if (running.state === 'ours') await stopPostmaster(place, undefined, reach(place, running.file));
  const start: Start = { place, passwords, before: before ?? formerAddress(place), config, log };
  await clearLeftover(place.clusterDir);
  return startAndDescribe(start, fresh);
}

type Start = { place: Place; passwords: RolePasswords; before: Address | undefined; config: Config; log: Log };

/** As the file that a killed server leaves behind says. */
function formerAddress(place: Place): Address | undefined {
  const file = readPostmasterFile(place.clusterDir);
  return file === undefined ? undefined : reach(place, file);
}

/** The database may know other passwords than the kept ones (secrets lost, or a reset that was cut off): then they are set once more. */
async function startAndDescribe(start: Start, reset: boolean): Promise<OpenServer> {
  const { place, passwords } = start;
  const server = await startServer(start, reset);
  try {
    return await describeServer(place, server, passwords);
  } catch (error) {
    await stopPostmaster(place, undefined, server);
    if (codeOf(error) === '28P01' && !reset) return startAndDescribe(start, true);
    throw error;
  }
}

function connection(server: Postmaster, user: string, password: string, database: string): PgSettings {
  return { host: server.host, port: server.port, user, password, database };
}

/** An orphan of a killed Vigil goes on serving; one that does not answer is restarted, unless others still work with it. */
async function answers(server: Postmaster, passwords: RolePasswords, alone: boolean, log: Log): Promise<boolean> {
  try {
    await withPatientClient(connection(server, superuser, passwords.super, 'postgres'), { seconds: 10 }, (client) =>
      client.query('select 1'),
    );
    log.info({ server: server.pid }, 'attached to the running database');
    return true;
  } catch (error) {
    if (!alone) throw error;
    log.warn({ err: error, server: server.pid }, 'the running database does not answer and is restarted');
    return false;
  }
}

async function startServer({ place, passwords, before, config, log }: Start, reset: boolean): Promise<Postmaster> {
  const major = clusterMajor(place.clusterDir);
  checkSpace(config.dataDir, major === undefined, log);
  const binaries = findBinaries({ pgBin: config.pgBin, major, account: place.account });
  if (major === undefined) {
    refuseLeftovers(place);
    log.info({ path: place.clusterDir, postgresql: binaries.major }, 'creating the database');
    await initialiseCluster(place, binaries, passwords.super);
  } else if (reset) {
    log.warn({ path: place.clusterDir }, 'the passwords of the database were lost; new ones are set');
    await resetSuperuser(place, binaries, passwords.super);
  }
  const server = await startPostmaster(place, binaries, undefined, before);
  log.info({ server: server.pid, postgresql: binaries.major }, 'database started');
  return server;
}

function checkSpace(dataDir: string, isNew: boolean, log: Log): void {
  const free = freeBytes(dataDir);
  const judged = judgeSpace(free, isNew);
  if (judged === 'refuse') throw diskFull(dataDir, free);
  if (judged === 'low') log.warn({ path: dataDir, freeMegabytes: Math.floor(free / 1e6) }, 'the disk is nearly full');
}

/** A cluster folder with files but no PG_VERSION is damaged, not new: never initialised over. */
function refuseLeftovers(place: Place): void {
  const entries = statSync(place.clusterDir, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(place.clusterDir);
  if (entries.length > 0) throw serverFault('start', 'PANIC: PG_VERSION is missing', place.logFile, place.clusterDir);
}

/**
 * Who owns the files may set the password without knowing it: PostgreSQL's single-user mode, with the server stopped. Taking the mark off
 * the database makes this start, or the next if this one is cut off, set the other roles' passwords too.
 */
async function resetSuperuser(place: Place, binaries: Binaries, password: string): Promise<void> {
  const program = join(binaries.bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const door = openDoor(place.clusterDir, place.account);
  const input = `comment on database ${databaseName} is null\nalter role ${superuser} password '${password}'\n`;
  const { status, said } = await runProgram(program, ['--single', '-D', door.path, 'postgres'], { door, account: place.account, input });
  door.close();
  if (status !== 0) throw serverFault('start', said, place.logFile, place.clusterDir);
}

async function describeServer(place: Place, server: Postmaster, passwords: RolePasswords): Promise<OpenServer> {
  const admin = connection(server, superuser, passwords.super, databaseName);
  const version = await ensurePrepared(admin, passwords);
  return {
    admin,
    adminIsSuper: true,
    owner: connection(server, ownerRole, passwords.owner, databaseName),
    app: connection(server, appRole, passwords.app, databaseName),
    version,
    isRunning: () => isAlive(server.pid),
    shutDown: () => stopPostmaster(place, binariesForStop(version), server),
    trimLog: () => trimLog(place.logFile),
  };
}

function binariesForStop(major: number): Binaries | undefined {
  return process.platform === 'win32' ? findBinaries({ pgBin: null, major, account: undefined }) : undefined;
}

async function ensurePrepared(admin: PgSettings, passwords: RolePasswords): Promise<number> {
  try {
    // The usual start: one connection, two short queries.
    const version = await withClient(admin, async (client) => ((await isPrepared(client)) ? majorOf(client) : undefined));
    if (version !== undefined) return version;
  } catch (error) {
    if (codeOf(error) !== '3D000') throw error;
  }
  await withClient({ ...admin, database: 'postgres' }, (client) => ensureRoles(client, passwords));
  await prepareDatabase(admin, admin.database);
  return withClient(admin, majorOf);
}

async function majorOf(client: pg.Client): Promise<number> {
  const read = await client.query<{ major: number }>("select current_setting('server_version_num')::int / 10000 as major");
  return read.rows[0]?.major ?? 0;
}

/** The server appends to the open file, so it is copied aside and cut, not renamed: one old log is kept, 20 MB at most in all. */
function trimLog(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < logLimit) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}
