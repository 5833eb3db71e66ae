import type { Role } from '#kernel/permission.ts';
import type { UnitSeed } from '../data/jinan-units.ts';
import { fixturePeople } from '../fixture.ts';
import { seedId, seedName, seedPhone } from './seed-names.ts';

/** A post of somebody in the fixture city, by unit code; `lines` undefined = those of the unit. */
export type RosterPost = { unit: string | null; title: string; role: Role; scope?: string; lines?: readonly string[]; ordering: number };
export type RosterPerson = { id: string; name: string; phone: string; party: string | null; posts: readonly RosterPost[] };

type Slot = { key: string; posts: readonly RosterPost[] };

const at = (unit: string, title: string, role: Role, ordering: number): RosterPost => ({ unit, title, role, ordering });

/** 局 → 局长, 委员会 → 主任, 大队 → 大队长: what the head of such an organ is called. */
export function headTitle(name: string): string {
  if (name.endsWith('委员会') || name.endsWith('办事处') || name.endsWith('办公室')) return '主任';
  if (name.endsWith('大队')) return '大队长';
  if (name.endsWith('支队')) return '支队长';
  return '局长';
}

/** Leader, deputies, officers (the first of them also sits at the government), enforcement officers; four do duty shifts. */
function bureauSlots({ code, area }: UnitSeed): Slot[] {
  const leaders = [at(code, '局长', 'leader', 10), at(code, '副局长', 'leader', 20), at(code, '副局长', 'leader', 30)];
  const officer = (n: number): RosterPost[] => [at(code, '科员', 'officer', 30 + n), at(code, '值班员', 'duty', 30 + n)];
  return [
    ...leaders.map((post, n) => ({ key: `${code}:leader${n}`, posts: [post] })),
    { key: `${code}:officer0`, posts: [...officer(0), at(area, '安委办联络员', 'officer', 30)] },
    ...[1, 2, 3].map((n) => ({ key: `${code}:officer${n}`, posts: officer(n) })),
    ...[0, 1].map((n) => ({ key: `${code}:enforcer${n}`, posts: [at(code, '执法人员', 'enforcer', 40 + n)] })),
  ];
}

/** One person answers for work safety in a department: its deputy head, who is also the one to hand things to. */
function departmentSlots({ code, name }: UnitSeed): Slot[] {
  return [{ key: `${code}:deputy`, posts: [at(code, `副${headTitle(name)}`, 'leader', 10), at(code, '安全生产联络员', 'officer', 10)] }];
}

function townSlots({ code, name }: UnitSeed): Slot[] {
  const head = name.endsWith('人民政府') ? '镇长' : '办事处主任';
  return [
    { key: `${code}:leader`, posts: [at(code, head, 'leader', 10)] },
    { key: `${code}:officer`, posts: [at(code, '应急办主任', 'officer', 20)] },
  ];
}

function governmentSlots({ code, kind, name }: UnitSeed): Slot[] {
  const title =
    kind === 'zone' ? '管委会副主任' : name.endsWith('县人民政府') ? '副县长' : name.endsWith('市人民政府') ? '副市长' : '副区长';
  return [{ key: `${code}:leader`, posts: [at(code, title, 'leader', 10)] }];
}

function slotsOf(unit: UnitSeed): Slot[] {
  if (unit.kind === 'town') return townSlots(unit);
  if (unit.kind === 'government' || unit.kind === 'zone') return governmentSlots(unit);
  if (unit.kind !== 'department') return [];
  return unit.code.endsWith('.yjj') ? bureauSlots(unit) : departmentSlots(unit);
}

/** Named people of the fixture take the first place of their kind in their unit. */
function isFilled(slot: Slot): boolean {
  const first = slot.posts[0];
  if (!first || !/:(leader0?|officer0?)$/.test(slot.key)) return false;
  return fixturePeople.some((one) => one.posts.some((post) => post.unit === first.unit && post.role === first.role));
}

/** Everybody in the fixture city, the same at every call: a leader and an officer for every government, department and town. */
export function roster(units: readonly UnitSeed[]): RosterPerson[] {
  const named: RosterPerson[] = fixturePeople.map((one) => ({
    id: one.id,
    name: one.name,
    phone: seedPhone(one.login),
    party: one.party ?? null,
    posts: one.posts.map((post) => ({ ...post, ordering: 10 })),
  }));
  const taken = new Set(named.map((one) => one.name));
  const slots = units.flatMap(slotsOf).filter((slot) => !isFilled(slot));
  return [
    ...named,
    ...slots.map(({ key, posts }) => ({
      id: seedId('person', key),
      name: seedName(key, taken),
      phone: seedPhone(key),
      party: null,
      posts,
    })),
  ];
}
