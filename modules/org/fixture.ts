import type { Role } from '#kernel/permission.ts';

/**
 * The named people of the fixture city, used by tests, demonstration and pictures alike. All names are invented; telephone
 * numbers begin with 100, which no network assigns. `unit` is a unit code of `data/jinan-units.ts`.
 */
export type FixturePost = {
  unit: string | null;
  title: string;
  role: Role;
  /** Area code the post reaches; empty = the unit's area. */
  scope?: string;
  lines?: readonly string[];
};
export type FixturePerson = { id: string; login: Login; name: string; posts: readonly FixturePost[]; party?: string; shown?: true };

export type Login =
  | 'mayor'
  | 'city-leader'
  | 'city-officer'
  | 'lixia-leader'
  | 'lixia-officer'
  | 'lixia-enforcer'
  | 'lixia-zhujian'
  | 'lixia-duty'
  | 'quancheng-leader'
  | 'quancheng-officer'
  | 'quancheng-grid'
  | 'baotu-officer'
  | 'zhangqiu-officer'
  | 'shuangshan-officer'
  | 'duty-1'
  | 'duty-2'
  | 'duty-3'
  | 'duty-4'
  | 'mall-manager'
  | 'sysadmin'
  | 'secadmin'
  | 'auditor';

/** 泉城路百货商场（演示）, the supervised object whose safety manager signs in. The module `site` seeds it under this id. */
export const fixtureSite = '0190a000-0000-7000-8000-000000000000';

/** Codes of the units that tests speak of. */
export const fixtureUnits = {
  city: 'jn',
  cityBureau: 'jn.yjj',
  lixia: '370102',
  lixiaBureau: '370102.yjj',
  lixiaConstruction: '370102.zjj',
  quancheng: '370102004',
  baotu: '370102003',
  zhangqiu: '370114',
  zhangqiuBureau: '370114.yjj',
  shuangshan: '370114001',
} as const;

const u = fixtureUnits;
const idOf = (n: number): string => `0190b000-0000-7000-8000-${String(n).padStart(12, '0')}`;

type Spec = [login: Login, name: string, posts: FixturePost[], more?: { party?: string; shown?: true }];
const post = (unit: string, title: string, role: Role): FixturePost => ({ unit, title, role });
const onDuty = (n: 1 | 2 | 3 | 4, name: string): Spec => [
  `duty-${n}`,
  name,
  [post(u.cityBureau, '值班员', 'duty')],
  n === 1 ? { shown: true } : {},
];

const specs: readonly Spec[] = [
  ['mayor', '岳长安', [post(u.city, '副市长', 'leader')]],
  ['city-leader', '程望山', [post(u.cityBureau, '局长', 'leader')], { shown: true }],
  ['city-officer', '苏明湖', [post(u.cityBureau, '综合协调处处长', 'officer'), post(u.city, '安委办联络员', 'officer')], { shown: true }],
  ['lixia-leader', '韩泉生', [post(u.lixiaBureau, '局长', 'leader')], { shown: true }],
  [
    'lixia-officer',
    '柳映泉',
    [post(u.lixiaBureau, '安全生产科科长', 'officer'), post(u.lixia, '安委办联络员', 'officer')],
    { shown: true },
  ],
  ['lixia-enforcer', '秦守正', [post(u.lixiaBureau, '执法大队大队长', 'enforcer')]],
  ['lixia-zhujian', '梁筑安', [post(u.lixiaConstruction, '质量安全科科长', 'officer')], { shown: true }],
  ['lixia-duty', '夏夜明', [post(u.lixiaBureau, '值班员', 'duty')]],
  ['quancheng-leader', '方泉清', [post(u.quancheng, '办事处主任', 'leader')], { shown: true }],
  ['quancheng-officer', '白晓泉', [post(u.quancheng, '应急办主任', 'officer')], { shown: true }],
  ['quancheng-grid', '邹安巷', [post(u.quancheng, '网格员', 'grid')], { shown: true }],
  ['baotu-officer', '乔涌泉', [post(u.baotu, '应急办主任', 'officer')]],
  ['zhangqiu-officer', '章百脉', [post(u.zhangqiuBureau, '安全生产科科长', 'officer')]],
  ['shuangshan-officer', '双山青', [post(u.shuangshan, '应急办主任', 'officer')]],
  onDuty(1, '宁守夜'),
  onDuty(2, '卫长明'),
  onDuty(3, '常警言'),
  onDuty(4, '安晓星'),
  [
    'mall-manager',
    '商百顺',
    [{ unit: null, title: '安全部经理', role: 'enterprise', scope: u.quancheng }],
    { party: fixtureSite, shown: true },
  ],
  ['sysadmin', '纪维新', [post(u.cityBureau, '系统管理员', 'sysadmin')], { shown: true }],
  ['secadmin', '钟授权', [post(u.cityBureau, '安全管理员', 'secadmin')], { shown: true }],
  ['auditor', '解明察', [post(u.cityBureau, '审计管理员', 'auditor')], { shown: true }],
];
// The administrators reach the whole city because the bureau's area is the city.

export const fixturePeople: readonly FixturePerson[] = specs.map(([login, name, posts, more], n) => ({
  id: idOf(n + 1),
  login,
  name,
  posts,
  ...more,
}));

const byLogin = new Map(fixturePeople.map((one) => [one.login, one]));

/** The person behind a login of the fixture city. */
export function fixturePerson(login: Login): FixturePerson {
  const found = byLogin.get(login);
  if (!found) throw new Error(`the fixture has no ${login}`);
  return found;
}

export const fixture = { person: (login: Login): string => fixturePerson(login).id, units: fixtureUnits, site: fixtureSite };

/** For the accounts of the demonstration; `shown` ones are offered on the sign-in page. */
export const fixtureAccounts = fixturePeople.map(({ id, login, shown }) => ({ person: id, login, ...(shown ? { shown } : {}) }));

/** For the start message: login, name and what the person is. */
export const demoAccounts = fixturePeople
  .filter((one) => one.shown)
  .map(({ login, name, posts }) => ({ login, name, title: posts[0]?.title ?? '' }));
