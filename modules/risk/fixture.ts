import type { Tree } from './schema.ts';

const id = (n: number): string => `0190d000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** An assessed risk point of a department store, as an enterprise hands it in; used by tests and the demonstration. */
export function storeTree(from: string, offset = 0): Tree {
  return {
    name: '地下一层配电室',
    type: 'facility',
    place: '地下一层东侧',
    department: '工程部',
    keeper: '工程部主管',
    plan: '专项管控方案：双人巡检，配电室加装温感与视频监控，接入消防控制室，每季度红外测温一次。',
    units: [
      {
        id: id(offset + 1),
        name: '低压配电柜',
        method: 'scl',
        events: [
          {
            id: id(offset + 2),
            name: '接线端子过热引发火灾',
            consequence: '火灾、人员伤亡、停业',
            table: 'lec-2016',
            inherent: { l: 3, e: 6, c: 15 },
            residual: { l: 1, e: 6, c: 15 },
            direct: [],
            control: 'company',
            measures: [
              {
                id: id(offset + 3),
                kind: 'engineering',
                class: '1-4',
                content: '安装电气火灾监控系统，温度超限报警',
                automatic: true,
              },
              {
                id: id(offset + 4),
                kind: 'management',
                class: '2-2',
                content: '每日巡检，测温并记录，异常立即报修',
                check: '端子温度是否正常、有无异味和变色，室内有无杂物',
                automatic: false,
                cycle: { every: 1, unit: 'day', days: 'every', from, role: 'daily' },
              },
              {
                id: id(offset + 5),
                kind: 'emergency',
                class: '4-3',
                content: '配电室外配置二氧化碳灭火器 4 具',
                check: '灭火器压力、铅封、有效期是否正常',
                automatic: false,
                cycle: { every: 1, unit: 'month', days: 'every', from, role: 'daily' },
              },
            ],
          },
        ],
      },
    ],
  };
}
