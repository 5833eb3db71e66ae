import { expect, it } from 'vitest';
import { demoPassword } from '../../cli/seed.ts';
import { crashRounds } from './rounds.ts';

// A few rounds of what `vigil bench crash` does a hundred times.
it('loses nothing acknowledged and does nothing twice when server and database are killed', { timeout: 900_000 }, async () => {
  const report = await crashRounds(4, demoPassword);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report).toMatchObject({ lost: 0, doubled: 0, ledgerExit: 0 });
});
