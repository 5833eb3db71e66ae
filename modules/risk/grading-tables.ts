import type { Text } from '#kernel/text.ts';

/** 1 重大（红） · 2 较大（橙） · 3 一般（黄） · 4 低（蓝）: the four levels of the whole system. */
export type Level = 1 | 2 | 3 | 4;

export type FactorValue = { value: number; label: Text };
export type Factor = { key: string; label: Text; values: readonly FactorValue[] };
/** A band holds every score of at least `from` (lower bound inclusive) that no higher band holds. */
export type Band = { from: number; grade: string; level: Level };

/** One published table, never edited: a changed one is a further version with its own date. */
export type GradingTable = {
  method: 'lec' | 'ls' | 'mes';
  version: string;
  title: Text;
  /** Where the figures were read; bands differ between published systems, hence the versions. */
  source: string;
  effective: string;
  score: Text;
  factors: readonly Factor[];
  /** Highest first; the last one starts at 0. */
  bands: readonly Band[];
};

const value = (of: number, zh: string, en: string): FactorValue => ({ value: of, label: { zh, en } });

const exposure: Factor = {
  key: 'e',
  label: { zh: '暴露于危险环境的频繁程度（E）', en: 'Exposure (E)' },
  values: [
    value(10, '连续暴露', 'Continuous'),
    value(6, '每天工作时间内暴露', 'Daily during working hours'),
    value(3, '每周一次或偶然暴露', 'Weekly or occasional'),
    value(2, '每月一次暴露', 'Monthly'),
    value(1, '每年几次暴露', 'A few times a year'),
    value(0.5, '非常罕见的暴露', 'Very rare'),
  ],
};

const lec: GradingTable = {
  method: 'lec',
  version: 'lec-2016',
  title: { zh: '作业条件危险性分析法（LEC）', en: 'Job risk analysis (LEC)' },
  source: 'DB37/T 2882-2016 practice; factor values as published, lower bounds inclusive',
  effective: '2016-11-22',
  score: { zh: 'D = L × E × C', en: 'D = L × E × C' },
  factors: [
    {
      key: 'l',
      label: { zh: '事故发生的可能性（L）', en: 'Likelihood (L)' },
      values: [
        value(10, '完全可以预料', 'Fully expected'),
        value(6, '相当可能', 'Quite possible'),
        value(3, '可能，但不经常', 'Possible, not often'),
        value(1, '可能性小，完全意外', 'Unlikely, a complete surprise'),
        value(0.5, '很不可能，可以设想', 'Very unlikely, conceivable'),
        value(0.2, '极不可能', 'Extremely unlikely'),
        value(0.1, '实际不可能', 'Practically impossible'),
      ],
    },
    exposure,
    {
      key: 'c',
      label: { zh: '事故后果的严重程度（C）', en: 'Consequence (C)' },
      values: [
        value(100, '大灾难，10 人以上死亡', 'Catastrophe, 10 or more deaths'),
        value(40, '灾难，3 至 9 人死亡', 'Disaster, 3 to 9 deaths'),
        value(15, '非常严重，1 至 2 人死亡', 'Very serious, 1 or 2 deaths'),
        value(7, '严重，严重伤残', 'Serious, severe disability'),
        value(3, '重大，有伤残', 'Major, disability'),
        value(1, '引人注意，轻伤需救护', 'Notable, light injury needing care'),
      ],
    },
  ],
  bands: [
    { from: 320, grade: 'A', level: 1 },
    { from: 160, grade: 'B', level: 2 },
    { from: 70, grade: 'C', level: 3 },
    { from: 20, grade: 'D', level: 4 },
    { from: 0, grade: 'E', level: 4 },
  ],
};

const lsFactors: readonly Factor[] = [
  {
    key: 'l',
    label: { zh: '事故发生的可能性（L）', en: 'Likelihood (L)' },
    values: [
      value(
        5,
        '每次作业或每月发生；无检查标准、无操作规程、无培训、无控制措施',
        'Every job or monthly; no standard, procedure, training or control',
      ),
      value(
        4,
        '每季度发生；检查标准不全或很少按标准检查，措施不能满足要求',
        'Quarterly; standards incomplete or rarely checked, controls insufficient',
      ),
      value(
        3,
        '每年发生；变更后检查标准、规程未及时修订，培训不到位',
        'Yearly; standards not revised after changes, training insufficient',
      ),
      value(2, '曾经发生；检查标准完善但偶尔不按标准执行', 'Has happened; standards complete, occasionally not followed'),
      value(1, '从未发生；标准完善并严格执行，控制措施有效', 'Never; standards complete and followed, controls effective'),
    ],
  },
  {
    key: 's',
    label: { zh: '事件后果的严重性（S）', en: 'Severity (S)' },
    values: [
      value(
        5,
        '死亡；直接经济损失 100 万元以上；2 套以上装置停工；违反法律法规',
        'Death; loss of 1,000,000 yuan or more; more than 2 units stopped; breach of law',
      ),
      value(4, '丧失劳动能力；损失 50 万元以上；2 套装置停工；潜在违规', 'Loss of working ability; 500,000 yuan or more; 2 units stopped'),
      value(
        3,
        '截肢、骨折、听力丧失、慢性病；损失 1 万元以上；1 套装置停工',
        'Amputation, fracture, chronic disease; 10,000 yuan or more; 1 unit stopped',
      ),
      value(2, '轻微受伤、间歇不适；损失 1 万元以下；受影响不大', 'Light injury; below 10,000 yuan; hardly any stop'),
      value(1, '无伤亡、无损失，完全符合要求', 'No harm, no loss, fully compliant'),
    ],
  },
];

const ls: GradingTable = {
  method: 'ls',
  version: 'ls-2016',
  title: { zh: '风险矩阵分析法（LS）', en: 'Risk matrix (LS)' },
  source: 'DB37/T 2882-2016 practice: 20–25, 15–16, 9–12, 4–8, 1–3',
  effective: '2016-11-22',
  score: { zh: 'R = L × S', en: 'R = L × S' },
  factors: lsFactors,
  bands: [
    { from: 20, grade: 'A', level: 1 },
    { from: 15, grade: 'B', level: 2 },
    { from: 9, grade: 'C', level: 3 },
    { from: 4, grade: 'D', level: 4 },
    { from: 0, grade: 'E', level: 4 },
  ],
};

/** A second published system with other bounds; kept so that a bureau may choose it. */
const lsOther: GradingTable = {
  ...ls,
  version: 'ls-alt',
  source: 'a second published system: 17–25, 11–16, 5–10, 1–4',
  bands: [
    { from: 17, grade: 'A', level: 1 },
    { from: 11, grade: 'B', level: 2 },
    { from: 5, grade: 'C', level: 3 },
    { from: 0, grade: 'D', level: 4 },
  ],
};

const mes: GradingTable = {
  method: 'mes',
  version: 'mes-2016',
  title: { zh: '作业条件风险程度评价法（MES）', en: 'MES' },
  source: 'published table, R = M × E × S: 180, 90, 50; some prints give 80 for 90',
  effective: '2016-11-22',
  score: { zh: 'R = M × E × S', en: 'R = M × E × S' },
  factors: [
    {
      key: 'm',
      label: { zh: '控制措施的状态（M）', en: 'State of the controls (M)' },
      values: [
        value(5, '无控制措施', 'None'),
        value(3, '有减轻后果的应急措施，如警报系统、个体防护用品', 'Means that lessen the outcome: alarm, protective equipment'),
        value(1, '有预防措施，如机器防护装置，且必须有效', 'Effective prevention, such as machine guards'),
      ],
    },
    exposure,
    {
      key: 's',
      label: { zh: '事故的可能后果（S）', en: 'Possible outcome (S)' },
      values: [
        value(10, '有多人死亡', 'Several deaths'),
        value(8, '有一人死亡或多人永久失能', 'One death or several permanent disabilities'),
        value(4, '永久失能（一人）', 'One permanent disability'),
        value(2, '需医院治疗，缺工', 'Hospital treatment, lost time'),
        value(1, '轻微，仅需急救', 'Light, first aid only'),
      ],
    },
  ],
  bands: [
    { from: 180, grade: 'A', level: 1 },
    { from: 90, grade: 'B', level: 2 },
    { from: 50, grade: 'C', level: 3 },
    { from: 0, grade: 'D', level: 4 },
  ],
};

/** Every version ever in use: an assessment keeps the one it was made by. */
export const gradingTables: readonly GradingTable[] = [lec, ls, lsOther, mes];

/** 直接判定为重大风险 (DB37/T 2882): any one of them makes an event a major risk whatever its score. */
export const directMajor = {
  law: { zh: '违反法律、法规及国家标准中的强制性条款', en: 'Breach of a mandatory clause of law or standard' },
  history: {
    zh: '发生过死亡、重伤、职业病、重大财产损失事故，或三次及以上轻伤、一般财产损失事故，且发生事故的条件依然存在',
    en: 'Deaths, serious injuries, occupational disease, major loss, or three or more lesser accidents happened and the condition still exists',
  },
  hazardSource: { zh: '涉及危险化学品重大危险源', en: 'Involves a major hazard installation (GB 18218)' },
  crowd: {
    zh: '具有中毒、爆炸、火灾等危险的场所，作业人员在 10 人及以上',
    en: 'Place with danger of poisoning, explosion or fire and 10 or more at work',
  },
  highest: { zh: '经风险评价确定为最高级别风险', en: 'Assessed at the highest grade' },
} as const satisfies Record<string, Text>;
export type DirectMajor = keyof typeof directMajor;

/** 管控层级, highest first. Whatever an upper level controls, every lower level carries out too (上级负责、下级同时负责). */
export const controlLevels = {
  company: { zh: '公司（厂）级', en: 'Company' },
  department: { zh: '部室（车间）级', en: 'Department or workshop' },
  team: { zh: '班组级', en: 'Team' },
  post: { zh: '岗位级', en: 'Post' },
} as const satisfies Record<string, Text>;
export type ControlLevel = keyof typeof controlLevels;

/** Shandong practice: the lowest level that may answer for a risk of this level. */
export const controlOf: Readonly<Record<Level, ControlLevel>> = { 1: 'company', 2: 'company', 3: 'department', 4: 'team' };
