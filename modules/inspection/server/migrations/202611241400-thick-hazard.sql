-- Where a hazard came from, how it is handled, the plan of a major one, and the hands and places of its rectification.
alter table inspection.hazard
  add column source text,
  add column industry text,
  add column manage text not null default 'deadline' check (manage in ('spot', 'deadline')),
  add column from_check uuid,
  add column wording text,
  add column recurs uuid,
  add column plan_duty text,
  add column plan_measures text,
  add column plan_funds double precision check (plan_funds >= 0),
  add column plan_until timestamptz,
  add column plan_emergency text,
  add column parts jsonb not null default '[]',
  add column recheck_from jsonb,
  add column recheck_metres int,
  add column recheck_away text;
create index hazard_wording on inspection.hazard (site, wording, closed_at) where wording is not null;
create index hazard_category on inspection.hazard (site, category, closed_at);

-- What an administrator may change without a new version of the system.
create table inspection.setting (
  name text primary key,
  value int not null,
  changed_by uuid,
  changed_at timestamptz
);
insert into inspection.setting (name, value) values ('recheckMetres', 500);
alter table inspection.setting enable row level security;
-- Reached through these two alone: the action that may change it is written in the ledger.
create function inspection.recheck_metres() returns int language sql stable security definer set search_path = '' as $$
  select value from inspection.setting where name = 'recheckMetres'
$$;
create function inspection.set_recheck_metres(metres int, person uuid, at timestamptz) returns void
  language sql security definer set search_path = '' as $$
  update inspection.setting set value = metres, changed_by = person, changed_at = at where name = 'recheckMetres'
$$;
revoke execute on function inspection.recheck_metres(), inspection.set_recheck_metres(int, uuid, timestamptz) from public;
grant execute on function inspection.recheck_metres(), inspection.set_recheck_metres(int, uuid, timestamptz) to vigil_app;
