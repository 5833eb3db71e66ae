import { chinaDate } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import type { Principal } from '#kernel/permission.ts';
import { act } from '#kernel/server/act.ts';
import { begin } from '#kernel/server/begin.ts';
import { runAction } from '#kernel/server/call.ts';
import type { Runtime } from '#kernel/server/context.ts';
import { directory } from '#kernel/server/directory.ts';
import type { Registry } from '#kernel/server/registry.ts';
import { fixture, type Login } from '#modules/org/fixture.ts';
import { siteId } from '#modules/site/fixture.ts';
import { assessment } from '../assessment.workflow.ts';
import type { RiskEvent, Tree } from '../schema.ts';
import { saveInstallation } from './installation-action.ts';

/** One risk point with one event: who assesses it, who reviews it. */
type Scene = {
  site: [spot: number, kind: number];
  by: [assessor: Login, reviewer: Login];
  name: string;
  keeper: [department: string, person: string];
  unit: string;
  event: Pick<RiskEvent, 'name' | 'table' | 'inherent' | 'residual' | 'direct' | 'control'>;
  engineering: string;
  check: string;
  every: [number, 'day' | 'month'];
  /** Left at the reviewer's. */
  waiting?: true;
};

const mall: [Login, Login] = ['mall-manager', 'quancheng-officer'];
const town: [Login, Login] = ['quancheng-officer', 'quancheng-leader'];
const lec = (l: number, e: number, c: number) => ({ l, e, c });

const scenes: readonly Scene[] = [
  {
    site: [0, 0],
    by: mall,
    name: '地下一层配电室',
    keeper: ['工程部', '演示工程主管'],
    unit: '低压配电柜',
    event: {
      name: '接线端子过热引发火灾',
      table: 'lec-2016',
      inherent: lec(3, 6, 15),
      residual: lec(1, 6, 15),
      direct: [],
      control: 'company',
    },
    engineering: '安装电气火灾监控系统，温度超限报警并接入消防控制室',
    check: '端子温度是否正常，有无异味、变色，室内有无杂物',
    every: [1, 'day'],
  },
  {
    site: [0, 0],
    by: mall,
    name: '三层餐饮区厨房',
    keeper: ['营运部', '演示营运主管'],
    unit: '燃气灶具及排油烟系统',
    event: {
      name: '燃气泄漏遇明火爆炸',
      table: 'lec-2016',
      inherent: lec(3, 6, 40),
      residual: lec(1, 6, 15),
      direct: [],
      control: 'company',
    },
    engineering: '安装可燃气体报警器并联动切断阀、事故风机',
    check: '报警器是否正常，软管有无老化，下班后阀门是否关闭',
    every: [1, 'day'],
  },
  {
    site: [0, 0],
    by: mall,
    name: '中庭自动扶梯',
    keeper: ['工程部', '演示工程主管'],
    unit: '自动扶梯梯级与扶手带',
    event: {
      name: '乘客摔倒、夹伤',
      table: 'ls-2016',
      inherent: { l: 3, s: 3 },
      residual: { l: 2, s: 3 },
      direct: [],
      control: 'department',
    },
    engineering: '出入口加装防夹装置和紧急停止按钮',
    check: '梳齿板、扶手带、急停按钮是否完好',
    every: [1, 'day'],
  },
  {
    site: [0, 0],
    by: mall,
    name: '外墙清洗作业',
    keeper: ['工程部', '演示工程主管'],
    unit: '高处悬吊作业',
    event: { name: '高处坠落', table: 'lec-2016', inherent: lec(3, 2, 15), residual: lec(1, 2, 15), direct: [], control: 'department' },
    engineering: '设置独立安全绳和防坠器，作业区下方封闭',
    check: '吊具、安全绳、防坠器是否合格，作业票是否办理',
    every: [1, 'month'],
    waiting: true,
  },
  {
    site: [0, 1],
    by: town,
    name: '埋地油罐区',
    keeper: ['油站', '演示站长'],
    unit: '汽油储罐及卸油口',
    event: {
      name: '卸油过程静电引发火灾爆炸',
      table: 'lec-2016',
      inherent: lec(1, 3, 40),
      residual: lec(0.5, 3, 40),
      direct: ['hazardSource'],
      control: 'company',
    },
    engineering: '静电接地报警器与卸油阀联锁，油气回收',
    check: '静电接地、液位仪、防雨帽与阻火器是否完好',
    every: [1, 'day'],
  },
  {
    site: [0, 4],
    by: town,
    name: '砂轮机作业区',
    keeper: ['机加工车间', '演示车间主任'],
    unit: '砂轮机',
    event: {
      name: '砂轮破裂飞出伤人',
      table: 'mes-2016',
      inherent: { m: 3, e: 6, s: 4 },
      residual: { m: 1, e: 6, s: 4 },
      direct: [],
      control: 'department',
    },
    engineering: '安装防护罩和透明挡屏',
    check: '防护罩、托架间隙、砂轮有无裂纹',
    every: [1, 'day'],
  },
];

function treeOf(scene: Scene, today: string): Tree {
  const [every, unit] = scene.every;
  return {
    name: scene.name,
    type: 'facility',
    department: scene.keeper[0],
    keeper: scene.keeper[1],
    plan: '专项管控方案：落实双人巡检和每季度专业检测，异常情况 10 分钟内报安全管理部门，明确停用和恢复条件。',
    units: [
      {
        id: newId(),
        name: scene.unit,
        method: 'scl',
        events: [
          {
            id: newId(),
            ...scene.event,
            measures: [
              { id: newId(), kind: 'engineering', content: scene.engineering, automatic: true },
              {
                id: newId(),
                kind: 'management',
                content: '按频次巡检并记录，发现异常立即停用、报修',
                check: scene.check,
                automatic: false,
                cycle: { every, unit, days: 'every', from: today, role: 'daily' },
              },
            ],
          },
        ],
      },
    ],
  };
}

/** The demonstration's risk points, carried through the real workflow by the fixture's people, and one identified installation. */
export async function seedRisks(runtime: Runtime, registry: Registry): Promise<void> {
  const server = registry.workflows.get(assessment.kind);
  if (!server) throw new Error('the assessment workflow is not registered');
  const system = await runtime.system();
  const someone = async (login: Login): Promise<Principal> => {
    const found = await runtime.db.read(system, (tx) =>
      runtime.providers.use(directory).findPrincipal(tx, fixture.person(login), runtime.clock()),
    );
    if (!found) throw new Error(`the fixture lacks ${login}`);
    return found;
  };
  const today = chinaDate(runtime.clock());
  for (const scene of scenes) {
    const [assessor, reviewer] = [await someone(scene.by[0]), await someone(scene.by[1])];
    const id = newId();
    const step = (who: Principal, name: string, input: Record<string, unknown>) =>
      act(runtime, server, name, who, { request: newId(), id, input });
    const open = { site: siteId(...scene.site), riskPoint: newId(), name: scene.name, reason: 'first' };
    await begin(runtime, server, 'open', assessor, { request: newId(), id, input: open });
    await step(assessor, 'submit', { tree: treeOf(scene, today) });
    if (!scene.waiting) await step(reviewer, 'approve', { opinion: '辨识全面，措施可行，同意。' });
  }
  const officer = await someone('quancheng-officer');
  const name = { name: '演示责任人' };
  const input = {
    id: newId(),
    site: siteId(0, 1),
    name: '埋地油罐区',
    type: 'storage',
    held: [{ name: '汽油(乙醇汽油、甲醇汽油)', cas: '86290-81-5', amount: 240, categories: ['W5.3'] }],
    people: 320,
    officers: { principal: { name: '演示站长' }, technical: { name: '演示技术员' }, operation: name },
  };
  await runAction(runtime, 'risk.installationSave', saveInstallation, officer, { request: newId(), input }, runtime.log);
}
