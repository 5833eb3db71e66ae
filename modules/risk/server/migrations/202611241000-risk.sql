create schema risk;
grant usage on schema risk to vigil_app;

create table risk.assessment (
  id uuid primary key,
  risk_point uuid not null,
  site uuid not null,
  reason text not null,
  explain text,
  inherent_level smallint check (inherent_level between 1 and 4),
  residual_level smallint check (residual_level between 1 and 4),
  tree jsonb
);
select kernel.make_matter('risk.assessment');
create index assessment_point on risk.assessment (risk_point, opened_at);
-- One point is assessed once at a time, whoever asks at the same moment.
create unique index assessment_open on risk.assessment (risk_point) where closed_at is null;

-- What is in force. `level` is the residual risk, `inherent` the one without measures.
create table risk.point (
  id uuid primary key,
  site uuid not null,
  org int not null,
  line text not null,
  party uuid generated always as (site) stored,
  name text not null,
  type text not null,
  department text,
  keeper text,
  point point,
  level smallint not null check (level between 1 and 4),
  inherent smallint not null check (inherent between 1 and 4),
  version int not null,
  assessment uuid not null,
  assessed_at timestamptz not null,
  reassess_due timestamptz not null,
  retired_at timestamptz
);
create index point_site on risk.point (site, level) where retired_at is null;
create index point_org on risk.point (org, level) where retired_at is null;
create index point_due on risk.point (reassess_due) where retired_at is null;
create index point_place on risk.point using gist (point);
select kernel.guard('risk.point');
-- Whose a point is, also where one may not see it: ids come from devices, and a point never changes hands.
create function risk.site_of(risk_point uuid) returns uuid language sql stable security definer set search_path = '' as $$
  select site from risk.point where id = risk_point
$$;
revoke execute on function risk.site_of(uuid) from public;
grant execute on function risk.site_of(uuid) to vigil_app;
grant select, insert on risk.point to vigil_app;
grant update (org, line, name, type, department, keeper, point, level, inherent, version, assessment, assessed_at, reassess_due, retired_at) on risk.point to vigil_app;

-- Every version that was ever in force stays as it was.
create table risk.version (
  point uuid not null references risk.point,
  version int not null,
  org int not null,
  line text not null,
  party uuid not null,
  assessment uuid not null,
  reason text not null,
  tree jsonb not null,
  at timestamptz not null,
  primary key (point, version)
);
select kernel.guard('risk.version');
grant select, insert on risk.version to vigil_app;
-- Where the object lies now: who may see a version moves with it, what it says does not.
grant update (org, line) on risk.version to vigil_app;

-- A measure that is checked by hand: where its rounds come from. `until` is how far they were made.
create table risk.plan (
  id uuid primary key,
  point uuid not null references risk.point,
  measure uuid not null,
  org int not null,
  line text not null,
  party uuid not null,
  what text not null,
  level smallint not null,
  role text not null,
  item smallint,
  cycle jsonb not null,
  until timestamptz not null,
  ended_at timestamptz
);
create unique index plan_measure on risk.plan (point, measure) where ended_at is null;
create index plan_until on risk.plan (until) where ended_at is null;
select kernel.guard('risk.plan');
grant select, insert on risk.plan to vigil_app;
grant update (org, line, what, level, role, item, cycle, until, ended_at) on risk.plan to vigil_app;

-- One round of checking. Missed is no state but a fact: closed and not done.
create table risk.round (
  id uuid not null,
  plan uuid not null references risk.plan,
  point uuid not null,
  org int not null,
  line text not null,
  party uuid not null,
  opens timestamptz not null,
  closes timestamptz not null check (closes > opens),
  result text check (result in ('normal', 'hazard', 'other')),
  note text,
  photos uuid[] not null default '{}',
  place jsonb,
  done_by uuid,
  done_at timestamptz,
  primary key (id),
  unique (plan, opens)
);
create index round_party on risk.round (party, closes);
create index round_org on risk.round (org, closes);
select kernel.guard('risk.round');
grant select, insert on risk.round to vigil_app;
grant update (org, line, result, note, photos, place, done_by, done_at) on risk.round to vigil_app;
-- Rounds that nobody will do any more, because the plan was changed.
grant delete on risk.round to vigil_app;

-- Numbers of the three responsible persons are personal data: shown by their own query alone.
create table risk.installation (
  id uuid primary key,
  site uuid not null,
  org int not null,
  line text not null,
  party uuid generated always as (site) stored,
  name text not null,
  type text not null check (type in ('production', 'storage')),
  held jsonb not null,
  people int not null check (people >= 0),
  result jsonb not null,
  major boolean not null,
  grade smallint check (grade between 1 and 4),
  officers jsonb,
  filed_no text,
  assessed_by uuid not null,
  assessed_at timestamptz not null,
  reassess_due timestamptz not null,
  check (major or grade is null)
);
create index installation_site on risk.installation (site);
create index installation_grade on risk.installation (org, grade) where major;
select kernel.guard('risk.installation');
grant select, insert on risk.installation to vigil_app;
grant update (org, line, name, type, held, people, result, major, grade, officers, filed_no, assessed_by, assessed_at, reassess_due) on risk.installation to vigil_app;

-- 安全承诺公告: one a day and object; a corrected one replaces the day's, the ledger keeps both.
create table risk.promise (
  site uuid not null,
  day date not null,
  org int not null,
  line text not null,
  party uuid generated always as (site) stored,
  running int not null,
  stopped int not null,
  special_work int not null,
  level smallint not null check (level between 1 and 4),
  words text not null,
  by text not null,
  made_by uuid not null,
  at timestamptz not null,
  primary key (site, day)
);
select kernel.guard('risk.promise');
grant select, insert, update on risk.promise to vigil_app;
