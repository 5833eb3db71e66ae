import { afterAll, describe, expect, it } from 'vitest';
import { keepRunning } from './keep-running.ts';
import { StartupFault } from './startup-fault.ts';
import { temporaryFolder, testLog } from './test-folder.ts';

const folder = temporaryFolder('keep');
const log = testLog(folder.path);

afterAll(() => folder.remove());

describe('keeping the database server running', () => {
  it('tries again until it runs, and is at hand for the next time', async () => {
    let running = false;
    let tries = 0;
    const restart = async () => {
      tries++;
      if (tries % 3 !== 0) throw new Error('not yet');
      running = true;
    };
    const keeper = keepRunning({ isRunning: () => running, restart, log, pauses: [0, 1, 1, 1] });
    await expect.poll(() => running, { timeout: 5000 }).toBe(true);
    expect(tries).toBe(3);
    running = false;
    await expect.poll(() => running, { timeout: 5000 }).toBe(true);
    await keeper.stop();
    running = false;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(tries).toBe(6);
  });

  it('gives up after its tries and says why', async () => {
    let tries = 0;
    const cause = new StartupFault('disk.full', 73, ['盘满。', '', ''], ['Full.', '', '']);
    const restart = async () => {
      tries++;
      throw cause;
    };
    const keeper = keepRunning({ isRunning: () => false, restart, log, pauses: [0, 1] });
    const fault = await keeper.lost;
    expect(tries).toBe(2);
    expect(fault).toMatchObject({ code: 'database.lost', exitCode: 69 });
    expect(fault.zh).toContain('盘满');
    await keeper.stop();
  });
});
