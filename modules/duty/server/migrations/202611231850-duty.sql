create schema duty;
grant usage on schema duty to vigil_app;

-- What supervision means for each side: the item, its legal basis, its beat. Data, not code: a bureau edits it.
create table duty.item (
  id text primary key,
  side text not null check (side in ('industry', 'territory')),
  title text not null,
  basis text not null,
  beat text not null,
  valid_from date not null default '2022-03-01'
);
grant select on duty.item to vigil_app;
insert into duty.item (id, side, title, basis, beat, valid_from) values
  ('industry.supervision', 'industry', '行业领域安全生产监督管理', '《安全生产法》第十条', '按年度监督检查计划', '2021-09-01'),
  ('industry.hazard', 'industry', '督促重大事故隐患整改', '《安全生产法》第四十一条', '发现后至销号', '2021-09-01'),
  ('territory.supervision', 'territory', '属地安全生产监督检查', '《安全生产法》第九条', '每季度不少于一次', '2021-09-01'),
  ('territory.hazard', 'territory', '隐患分派、复查与销号', '《山东省安全生产条例》第三十二条', '发现后 1 个工作日内分派', '2022-03-01');

create table duty.register (
  id uuid primary key,
  site uuid not null,
  side text not null check (side in ('industry', 'territory')),
  unit int not null,
  official uuid not null,
  item text not null references duty.item (id),
  org int not null,
  line text,
  party uuid,
  since timestamptz not null default now(),
  until timestamptz,
  ended_why text
);
create index register_site on duty.register (site) where until is null;
create index register_official on duty.register (official) where until is null;
create unique index register_once on duty.register (site, item, unit) where until is null;
select kernel.guard('duty.register', null, 'official = (select kernel.me())');
grant select, insert on duty.register to vigil_app;
grant update (until, ended_why) on duty.register to vigil_app;

-- Who answers for an object, for those who may act on its matters: ids of units and officials only.
create function duty.responsible(object uuid) returns table (side text, unit int, official uuid) language sql stable security definer set search_path = '' as $$
  select distinct on (r.side) r.side, r.unit, r.official from duty.register r where r.site = object and r.until is null order by r.side, r.since, r.id
$$;
revoke execute on function duty.responsible(uuid) from public;
grant execute on function duty.responsible(uuid) to vigil_app;
