import { Agent, request as httpRequest } from 'node:http';
import { newId } from '#kernel/id.ts';
import { makePool, type PipelinedClient } from '#kernel/server/db/pool.ts';
import { type BenchCity, startCity } from './city.ts';
import { median, print } from './figure.ts';
import { recordStatements, type Statement } from './record.ts';

const concurrency = 16;
const rounds = 3;

/** Fresh hazards that wait to be assigned, written straight into the table: arranging is not what is measured. */
async function arrange(city: BenchCity, count: number): Promise<string[]> {
  const made = await city.owner.query<{ id: string }>(
    `insert into inspection.hazard (id, grade, category, description, code, title, state, level, org, line, starter, owner_unit, owner_role, opened_at, entered_at, due, next_at, course)
     select gen_random_uuid(), 'general', 'safety', '测量用隐患', 'BM' || nextval('inspection.hazard_no'), '测量用隐患', 'found', 3, u.id, 'fire',
       (select person from org.post where unit = u.id limit 1), u.id, 'officer', now(), now(), now() + interval '1 day', now() + interval '18 hours',
       '{"trail":[{"state":"found","owner":null,"at":"2026-01-01T00:00:00Z"}],"hands":{},"sign":null,"asked":[],"last":null,"urgedAt":null}'
     from generate_series(1, $1) cross join (select id from org.unit where code = '370102004') u returning id`,
    [count],
  );
  return made.rows.map((row) => row.id);
}

async function spread(ids: readonly string[], work: (id: string, lane: number) => Promise<void>): Promise<number> {
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async (_, lane) => {
      for (let id = ids[next++]; id !== undefined; id = ids[next++]) await work(id, lane);
    }),
  );
  return (ids.length / (performance.now() - begun)) * 1000;
}

const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

function post(url: URL, cookie: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), cookie } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const swap = (value: unknown, from: Map<string, string>) => (typeof value === 'string' ? (from.get(value) ?? value) : value);

/** The same statements as one recorded action, in the same groups, by the same driver, without the application. */
async function bare(
  city: BenchCity,
  groups: readonly (readonly Statement[])[],
  ids: readonly string[],
  recorded: { id: string; request: string },
): Promise<number> {
  const pool = makePool(city.database.app, city.app.config.poolSize, () => undefined);
  try {
    return await spread(ids, async (id) => {
      const names = new Map([
        [recorded.id, id],
        [recorded.request, newId()],
      ]);
      const client = (await pool.connect()) as unknown as PipelinedClient & { release(): void };
      for (const group of groups) {
        await Promise.all(
          group.map((one) =>
            one.values.length === 0
              ? client.query(one.text)
              : client.run(
                  one.text,
                  one.values.map((value) => swap(value, names)),
                ),
          ),
        );
      }
      client.release();
    });
  } finally {
    await pool.end();
  }
}

/** Workflow actions per second through HTTP against the bare SQL of the same transaction; medians of three paired rounds. */
export async function benchAct(seconds: number): Promise<boolean> {
  const city = await startCity();
  try {
    const cookie = await city.cookie('quancheng-officer');
    const url = new URL(`${city.app.url}/api/inspection.hazard.assign`);
    const person = (
      await city.owner.query<{ person: string }>(
        `select person from org.post p join org.unit u on u.id = p.unit where u.code = '370102004' limit 1`,
      )
    ).rows[0]?.person;
    const bodyFor = (id: string, request: string) =>
      JSON.stringify({ request, id, version: 1, input: { requirement: '限期整改', rectifier: person } });
    const overHttp = async (id: string) => {
      const status = await post(url, cookie, bodyFor(id, newId()));
      if (status !== 200) throw new Error(`assign answered ${status}`);
    };
    const count = Math.max(500, Math.round(seconds * 400));
    await spread(await arrange(city, 800), overHttp);
    const [sample = ''] = await arrange(city, 1);
    const request = newId();
    const groups = await recordStatements(city.app.runtime.db.pool, () => post(url, cookie, bodyFor(sample, request)));
    const http: number[] = [];
    const sql: number[] = [];
    for (let round = 0; round < rounds; round++) {
      http.push(await spread(await arrange(city, count), overHttp));
      sql.push(await bare(city, groups, await arrange(city, count), { id: sample, request }));
    }
    const ratio = median(http) / median(sql);
    print({ bench: 'act', figure: 'bare SQL', value: Math.round(median(sql)), unit: 'transactions/s' });
    print({ bench: 'act', figure: 'statements', value: groups.flat().length, unit: `in ${groups.length} round trips` });
    print({
      bench: 'act',
      figure: 'over HTTP',
      value: Math.round(median(http)),
      unit: 'actions/s',
      against: 'bare SQL',
      ratio: Number(ratio.toFixed(3)),
      target: '>= 0.5',
      pass: ratio >= 0.5,
    });
    return ratio >= 0.5;
  } finally {
    agent.destroy();
    await city.stop();
  }
}
