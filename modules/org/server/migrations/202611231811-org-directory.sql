-- What others may learn of people and posts. Directory functions run inside the transactions of others, whose row-level
-- security must not hide a superior or a stand-in: hence SECURITY DEFINER. They reveal ids, names and titles, nothing else.

create function org.in_force(valid_from timestamptz, valid_to timestamptz, at timestamptz) returns boolean language sql immutable
  as $$ select valid_from <= at and (valid_to is null or valid_to > at) $$;

-- ---------------------------------------------------------------- the area tree
create view org.area_parent as
  select u.id, p.area as parent from org.unit u left join org.unit p on p.id = u.parent where u.area = u.id;

create function org.subtree(root int) returns setof int language sql stable security definer set search_path = '' as $$
  with recursive below as (select root as id union select a.id from org.area_parent a join below b on a.parent = b.id)
  select b.id from below b join org.unit u on u.id = b.id and u.area = u.id
$$;

create function org.area_tree() returns table (id int, parent int, mark text) language sql stable security definer set search_path = '' as $$
  select a.id, a.parent, m.mark::text from org.area_parent a cross join org.directory_mark m order by a.id
$$;

create function org.directory_now() returns text language sql stable security definer set search_path = '' as $$ select mark::text from org.directory_mark $$;

-- ---------------------------------------------------------------- names
create function org.title_of(who uuid, at timestamptz) returns text language sql stable security definer set search_path = '' as $$
  select concat(u.short, p.title) from org.post p left join org.unit u on u.id = p.unit
  where p.person = who and org.in_force(p.valid_from, p.valid_to, at) order by p.main desc, p.ordering, p.id limit 1
$$;

create function org.person_names(ids uuid[]) returns table (id uuid, name text, title text) language sql stable security definer set search_path = '' as $$
  select p.id, p.name, coalesce(org.title_of(p.id, now()), p.title) from org.person p where p.id = any(ids)
$$;

create function org.unit_names(ids int[]) returns table (id int, name text, short text) language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.short from org.unit u where u.id = any(ids)
$$;

-- ---------------------------------------------------------------- who somebody is
-- One row: the person with every post in force, own and delegated. Delegation goes one level: own posts of the absent
-- person only, and never an administrator's (三员分立).
create function org.principal(who uuid, at timestamptz) returns table (name text, title text, mark text, posts jsonb)
language sql stable security definer set search_path = '' as $$
  with held as (
    select p.*, null::uuid as behalf from org.post p where p.person = who
    union all
    select distinct on (p.id) p.*, d.from_person from org.delegation d
      join org.post p on p.person = d.from_person and not org.is_administrator(p.role)
      join org.person absent on absent.id = d.from_person and absent.left_at is null
    where d.to_person = who and d.revoked_at is null and d.from_at <= at and d.to_at > at
  )
  select person.name, coalesce(org.title_of(who, at), person.title), m.mark::text, coalesce((
    select jsonb_agg(jsonb_build_object('post', h.id, 'role', h.role, 'unit', h.unit, 'scope', h.scope, 'lines', h.lines,
      'party', h.party, 'behalf', h.behalf) order by h.behalf nulls first, h.main desc, h.ordering, h.id)
    from held h where org.in_force(h.valid_from, h.valid_to, at)
  ), '[]')
  from org.person cross join org.directory_mark m
  where person.id = who and (person.left_at is null or person.left_at > at)
$$;

-- The people and whoever stands in for them now.
create function org.with_stand_ins(people uuid[], at timestamptz) returns table (id uuid, name text, title text)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, coalesce(org.title_of(p.id, at), p.title)
  from (
    select one as id, min(n) as n from (
      select one, n from unnest(people) with ordinality as t (one, n)
      union all
      select d.to_person, t.n from unnest(people) with ordinality as t (one, n)
        join org.delegation d on d.from_person = t.one and d.revoked_at is null and d.from_at <= at and d.to_at > at
    ) all_of_them group by one
  ) x join org.person p on p.id = x.id and (p.left_at is null or p.left_at > at)
  order by x.n, p.id
$$;

-- Who stands in for somebody who is away now, and until when.
create function org.stand_in(who uuid, at timestamptz) returns table (id uuid, name text, until timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.id, p.name, d.to_at from org.delegation d join org.person p on p.id = d.to_person
  where d.from_person = who and d.revoked_at is null and d.from_at <= at and d.to_at > at limit 1
$$;

create function org.holders(who uuid, of_unit int, of_role text, of_party uuid, at timestamptz)
returns table (id uuid, name text, title text) language sql stable security definer set search_path = '' as $$
  select s.id, s.name, s.title from org.with_stand_ins(case when who is not null then array[who] else (
    select array_agg(p.person order by p.ordering, p.id) from org.post p
    where p.role = of_role and org.in_force(p.valid_from, p.valid_to, at)
      and case when of_unit is not null then p.unit = of_unit else p.party = of_party end
  ) end, at) s
$$;

-- ---------------------------------------------------------------- who answers for somebody
-- The units that answer for a unit, from itself upwards: before each government stands its emergency bureau, which
-- supervises the other departments and the level below (《安全生产法》第十条). From a government's area alone (no unit), the same.
create function org.chain(of_unit int, of_area int) returns int[] language plpgsql stable security definer set search_path = '' as $$
declare looked int[] := '{}'; at int := coalesce(of_unit, of_area); this org.unit; bureau int;
begin
  while at is not null and not at = any(looked) loop
    select * into this from org.unit where id = at;
    if this.area = this.id and at is distinct from of_unit then
      select id into bureau from org.unit u
      where u.area = this.id and u.kind = 'department' and u.overall and u.valid_to is null order by u.ordering, u.id limit 1;
      if bureau is not null and not bureau = any(looked) then looked := looked || bureau; end if;
    end if;
    looked := looked || at;
    at := this.parent;
  end loop;
  return looked;
end $$;

-- The n-th unit of the chain that has a leader other than the owner is rung n. An owner who leads a unit is not answered
-- for by that unit's other leaders but by the next one up.
create function org.superiors(who uuid, of_unit int, of_role text, of_area int, rung int, at timestamptz)
returns table (id uuid, name text, title text) language plpgsql stable security definer set search_path = '' as $$
declare own int := of_unit; leads boolean := of_role is not distinct from 'leader'; people uuid[];
begin
  if who is not null then
    select p.unit, p.role = 'leader' into own, leads from org.post p join org.unit u on u.id = p.unit
    where p.person = who and not org.is_administrator(p.role) and org.in_force(p.valid_from, p.valid_to, at)
    order by (u.area = of_area) desc nulls last, p.main desc, p.role = 'leader' desc, p.ordering, p.id limit 1;
  end if;
  select led.people into people from (
    select c.n, array_agg(p.person order by p.ordering, p.id) as people
    from unnest(org.chain(own, of_area)) with ordinality c (unit, n)
    join org.post p on p.unit = c.unit and p.role = 'leader' and org.in_force(p.valid_from, p.valid_to, at) and p.person is distinct from who
    where not (leads and c.unit is not distinct from own)
    group by c.n order by c.n offset rung - 1 limit 1
  ) led;
  return query select s.id, s.name, s.title from org.with_stand_ins(people, at) s where s.id is distinct from who;
end $$;

-- ---------------------------------------------------------------- what the policies below ask of the person who asks
-- Works for the government: holds a post in a unit that has not ended.
create function org.insider() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from org.post where person = (select kernel.me()) and unit is not null and (valid_to is null or valid_to > now()))
$$;
-- The areas in which the person is this kind of administrator. Delegation never gives one, so persons are not looked up.
create function org.admin_areas(of_role text) returns int[] language sql stable security definer set search_path = '' as $$
  select array_agg(distinct area) from org.post p cross join lateral org.subtree(p.scope) area
  where p.person = (select kernel.me()) and p.role = of_role and (p.valid_to is null or p.valid_to > now())
$$;

-- ---------------------------------------------------------------- row-level security
alter table org.division enable row level security;
alter table org.division_former enable row level security;
alter table org.unit enable row level security;
alter table org.directory_mark enable row level security;
alter table org.person enable row level security;
alter table org.person_contact enable row level security;
alter table org.post enable row level security;
alter table org.delegation enable row level security;
alter table org.committee_member enable row level security;

-- The map of the government is open to whoever has signed in; the system administrator draws it.
create policy read on org.division for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy read on org.division_former for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy read on org.unit for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy read on org.committee_member for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy keep on org.unit for all to vigil_app
  using (area = any((select org.admin_areas('sysadmin'))::int[]))
  with check (area = any((select org.admin_areas('sysadmin'))::int[]) or (area = id and parent = any((select org.admin_areas('sysadmin'))::int[])));
create policy keep on org.committee_member for all to vigil_app
  using (committee in (select id from org.unit where area = any((select org.admin_areas('sysadmin'))::int[])))
  with check (committee in (select id from org.unit where area = any((select org.admin_areas('sysadmin'))::int[])));

-- People of the government know one another; people of a supervised object are known to its supervisors and to each other.
create policy read on org.person for select to vigil_app using (
  id = any((select kernel.my_persons())::uuid[])
  or (party is null and (select org.insider()))
  or party = any((select kernel.my_parties())::uuid[])
  or (party is not null and (org = any((select kernel.my_orgs())::int[]) or org = any((select kernel.my_line_orgs())::int[])))
  or org = any((select org.admin_areas('sysadmin'))::int[])
  or (select kernel.mode()) in ('security', 'audit', 'system'));
create policy keep on org.person for all to vigil_app
  using (org = any((select org.admin_areas('sysadmin'))::int[])) with check (org = any((select org.admin_areas('sysadmin'))::int[]));

-- 个人信息保护法 §34: an organ uses personal data within its own duties. Hence the scope, not the whole directory.
create policy read on org.person_contact for select to vigil_app using (
  person = any((select kernel.my_persons())::uuid[])
  or exists (select from org.person p where p.id = person and (
    p.org = any((select kernel.my_orgs())::int[]) or p.org = any((select kernel.my_line_orgs())::int[])
    or p.party = any((select kernel.my_parties())::uuid[]) or p.org = any((select org.admin_areas('sysadmin'))::int[])))
  or (select kernel.mode()) = 'system');
create policy keep on org.person_contact for all to vigil_app
  using (exists (select from org.person p where p.id = person and p.org = any((select org.admin_areas('sysadmin'))::int[])))
  with check (exists (select from org.person p where p.id = person and p.org = any((select org.admin_areas('sysadmin'))::int[])));

create policy read on org.post for select to vigil_app using (
  person = any((select kernel.my_persons())::uuid[])
  or (party is null and (select org.insider()))
  or party = any((select kernel.my_parties())::uuid[])
  or (party is not null and (scope = any((select kernel.my_orgs())::int[]) or scope = any((select kernel.my_line_orgs())::int[])))
  or (select kernel.mode()) in ('security', 'audit', 'system'));
-- Rights are given by the security administrator, within the scope of that post and never to oneself.
create policy give on org.post for insert to vigil_app
  with check (scope = any((select org.admin_areas('secadmin'))::int[]) and person <> (select kernel.me()));
create policy "end" on org.post for update to vigil_app
  using (scope = any((select org.admin_areas('secadmin'))::int[]))
  with check (scope = any((select org.admin_areas('secadmin'))::int[]) and person <> (select kernel.me()));

create policy read on org.delegation for select to vigil_app using (
  from_person = any((select kernel.my_persons())::uuid[]) or to_person = (select kernel.me())
  or (select kernel.mode()) in ('security', 'audit', 'system'));
create policy give on org.delegation for insert to vigil_app with check (from_person = (select kernel.me()));
create policy revoke on org.delegation for update to vigil_app
  using ((select kernel.me()) in (from_person, to_person) or (select kernel.mode()) = 'security');

grant select on org.division, org.division_former, org.unit, org.person, org.person_contact, org.post, org.delegation, org.committee_member
  to vigil_app;
grant insert on org.unit, org.person, org.person_contact, org.post, org.delegation, org.committee_member to vigil_app;
grant update (name, short, kind, parent, area, division, lines, overall, ordering, phone, valid_to) on org.unit to vigil_app;
grant usage on sequence org.unit_id_seq to vigil_app;
grant update (name, title, initials, org, left_at) on org.person to vigil_app;
grant update (phone) on org.person_contact to vigil_app;
grant update (valid_to) on org.post to vigil_app;
grant update (revoked_at) on org.delegation to vigil_app;
grant delete on org.committee_member to vigil_app;

-- Definer functions are for the application alone, and the parts they are made of for nobody.
revoke execute on all functions in schema org from public;
grant execute on function org.in_force(timestamptz, timestamptz, timestamptz), org.is_administrator(text), org.subtree(int), org.area_tree(), org.directory_now(),
  org.person_names(uuid[]), org.unit_names(int[]), org.principal(uuid, timestamptz), org.holders(uuid, int, text, uuid, timestamptz),
  org.stand_in(uuid, timestamptz),
  org.superiors(uuid, int, text, int, int, timestamptz), org.insider(), org.admin_areas(text) to vigil_app;
