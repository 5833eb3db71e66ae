import { expect, it } from 'vitest';
import { createLog, requestLog } from './log.ts';

interface Line {
  [name: string]: unknown;
}

function capture(work: (log: ReturnType<typeof createLog>) => void): Line[] {
  const lines: Line[] = [];
  const sink = { write: (line: string) => lines.push(JSON.parse(line)) };
  work(createLog({ logLevel: 'info', role: 'web' }, sink));
  return lines;
}

it('writes one JSON line with role, level and the id of the request', () => {
  const [line] = capture((log) => requestLog(log, '0190-abc').info({ action: 'hazard.close' }, 'done'));
  expect(line).toMatchObject({ level: 'info', role: 'web', request: '0190-abc', action: 'hazard.close', msg: 'done' });
  expect(String(line?.time)).toMatch(/^\d{4}-\d\d-\d\dT/);
});

it('hides secrets wherever a log line may carry them', () => {
  const [line] = capture((log) =>
    log.info({
      password: 'S1',
      req: { headers: { authorization: 'S2', cookie: 'S3', 'set-cookie': 'S4', host: 'kept' } },
      body: { user: { token: 'S5', name: 'kept' } },
      'set-cookie': 'S6',
      config: { sealKey: 'S7', oidc: { clientSecret: 'S8' } },
    }),
  );
  expect(JSON.stringify(line)).not.toMatch(/S\d/);
  expect(JSON.stringify(line).match(/kept/g)).toHaveLength(2);
});

it('keeps of a database error what helps, and not the row it quotes', () => {
  const error = Object.assign(new Error('duplicate key at postgres://u:S1@host/db'), {
    code: '23505',
    constraint: 'person_id_no_key',
    detail: 'Key (id_no)=(370102199001011234) already exists',
    parameters: ['370102199001011234'],
  });
  const [line] = capture((log) => log.error({ err: new Error('failed', { cause: error }) }, 'x'));
  expect(line).toMatchObject({ err: { message: 'failed', cause: { code: '23505', constraint: 'person_id_no_key' } } });
  expect(JSON.stringify(line)).not.toMatch(/370102199001011234|S1/);
});
