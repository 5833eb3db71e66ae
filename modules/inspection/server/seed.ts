import sharp from 'sharp';
import { newId } from '#kernel/id.ts';
import type { Principal } from '#kernel/permission.ts';
import { act } from '#kernel/server/act.ts';
import { begin } from '#kernel/server/begin.ts';
import type { Runtime } from '#kernel/server/context.ts';
import { directory } from '#kernel/server/directory.ts';
import { keepFile } from '#kernel/server/files/upload.ts';
import type { Registry } from '#kernel/server/registry.ts';
import { fixture, type Login } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { hazard } from '../hazard.workflow.ts';

type Scene = {
  site: [spot: number, kind: number];
  description: string;
  category: string;
  grade?: 'major';
  daysAgo: number;
  until: 'found' | 'rectifying' | 'rechecking' | 'closed' | 'extending';
};

const scenes: readonly Scene[] = [
  { site: [0, 0], description: '一层东侧安全出口被促销货架遮挡，疏散通道宽度不足', category: 'fire', daysAgo: 0, until: 'found' },
  { site: [0, 0], description: '地下车库灭火器压力不足 6 具，检查记录缺失', category: 'fire', daysAgo: 3, until: 'rectifying' },
  { site: [0, 0], description: '配电室内堆放纸箱等可燃物', category: 'electrical', daysAgo: 6, until: 'rechecking' },
  { site: [0, 0], description: '三层餐饮区排油烟管道未按期清洗', category: 'fire', daysAgo: 12, until: 'closed' },
  { site: [0, 1], description: '卸油区静电接地报警器失灵', category: 'equipment', grade: 'major', daysAgo: 2, until: 'rectifying' },
  { site: [0, 2], description: '六层临边防护栏杆缺失约 12 米', category: 'safety', daysAgo: 1, until: 'found' },
  { site: [0, 3], description: '后厨液化石油气瓶与灶具同室存放，未装燃气报警器', category: 'fire', daysAgo: 5, until: 'rectifying' },
  { site: [0, 5], description: '客房楼层应急照明 4 处不亮', category: 'electrical', daysAgo: 8, until: 'closed' },
  { site: [0, 4], description: '砂轮机防护罩缺失，操作工未佩戴护目镜', category: 'equipment', daysAgo: 5, until: 'found' },
  { site: [1, 0], description: '扶梯出入口未设防夹警示标识', category: 'equipment', daysAgo: 0, until: 'found' },
  { site: [1, 3], description: '燃气软管老化且长度超过 2 米', category: 'equipment', daysAgo: 4, until: 'rechecking' },
  { site: [9, 4], description: '冲压设备安全光栅被短接', category: 'instrument', grade: 'major', daysAgo: 0, until: 'found' },
];

/** A drawn stand-in for a photograph, marked as such. */
function drawPhoto(words: string, n: number): Promise<Buffer> {
  // What was rectified looks different, also where no font draws the words: the same picture twice would be refused.
  const hue = (n * 47 + words.length * 13) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720"><rect width="960" height="720" fill="hsl(${hue},18%,62%)"/>
    <rect x="120" y="180" width="${300 + ((n * 53) % 300)}" height="380" fill="hsl(${hue},22%,42%)"/><rect x="600" y="300" width="220" height="260" fill="hsl(${(hue + 40) % 360},30%,52%)"/>
    <text x="480" y="680" font-size="34" text-anchor="middle" fill="#fff">DEMO ${n} · ${words}</text></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}

/**
 * The demonstration's hazards, carried through the real workflow by the fixture's people, so that ledger, inboxes and
 * statistics agree. The clock is set back for each, so that the last days have a history; the ledger's own time is the
 * database's, so the caller (as owner of an empty city) sets it to the returned times.
 */
export async function seedHazards(runtime: Runtime, registry: Registry): Promise<Played[]> {
  const server = registry.workflows.get(hazard.kind);
  if (!server) throw new Error('the hazard workflow is not registered');
  const system = await runtime.system();
  const someone = async (login: Login): Promise<Principal> => {
    const found = await runtime.db.read(system, (tx) =>
      runtime.providers.use(directory).findPrincipal(tx, fixture.person(login), runtime.clock()),
    );
    if (!found) throw new Error(`the fixture lacks ${login}`);
    return found;
  };
  const people = {
    grid: await someone('quancheng-grid'),
    officer: await someone('quancheng-officer'),
    baotu: await someone('baotu-officer'),
    shuangshan: await someone('shuangshan-officer'),
    manager: await someone('mall-manager'),
  };
  const played: Played[] = [];
  for (const [n, scene] of scenes.entries()) {
    const start = runtime.clock().getTime() - scene.daysAgo * 86_400_000 - (n + 1) * 1_740_000;
    const times: Date[] = [];
    // A few hours pass between two steps, and nothing happens in the future.
    const clock = () => new Date(Math.min(runtime.clock().getTime(), start + times.length * 5 * 3_600_000));
    const id = await play({ ...runtime, clock }, server, people, scene, n, () => times.push(clock()));
    played.push({ id, times });
  }
  return played;
}

/** A scene that was played: the matter, and when each of its steps is meant to have happened. */
export type Played = { id: string; times: Date[] };

type People = Record<'grid' | 'officer' | 'baotu' | 'shuangshan' | 'manager', Principal>;
type Server = Parameters<typeof act>[1];

async function play(runtime: Runtime, server: Server, people: People, scene: Scene, n: number, done: () => void): Promise<string> {
  const local = scene.site[0] === 0 ? people.officer : scene.site[0] === 1 ? people.baotu : people.shuangshan;
  const finder = scene.site[0] === 0 ? people.grid : local;
  const mall = scene.site[0] === 0 && scene.site[1] === 0;
  const fixer = mall ? people.manager : local;
  const photo = async (who: Principal, words: string) => {
    const taken = { source: 'camera' as const, deviceTime: runtime.clock().toISOString() };
    return (await keepFile(runtime, who, await drawPhoto(words, n), `${words}-${n}.jpg`, taken)).id;
  };
  const id = newId(runtime.clock().getTime());
  const step = (who: Principal, name: string, input: Record<string, unknown>) =>
    act(runtime, server, name, who, { request: newId(), id, input });
  await begin(runtime, server, 'report', finder, {
    request: newId(),
    id,
    input: {
      site: siteId(...scene.site),
      description: scene.description,
      category: scene.category,
      grade: scene.grade ?? 'general',
      photos: [await photo(finder, 'found')],
    },
  });
  done();
  if (scene.until === 'found') return id;
  await step(local, 'assign', {
    requirement: '立即采取措施消除隐患，整改完成后提交整改前后对比照片。',
    ...(mall ? {} : { rectifier: fixer.person }),
  });
  if (scene.until === 'rectifying') return id;
  await step(fixer, 'submit', { measures: '已按要求整改到位，并组织员工开展专项培训。', photos: [await photo(fixer, 'rectified')] });
  if (scene.until === 'rechecking' || fixer === local) return id;
  await step(local, 'pass', { away: '室内定位信号弱，已到现场', opinion: '现场复查，整改属实，同意销号。' });
  return id;
}
