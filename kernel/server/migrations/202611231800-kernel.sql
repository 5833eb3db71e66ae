-- The kernel's own tables. Everything an organisation owns is behind row-level security; the ledger can only grow.
create schema kernel;
grant usage on schema kernel to vigil_app;

-- ---------------------------------------------------------------- who is asking
-- The settings are local to a transaction and set by the application before anything else. A setting that was set once
-- and lapsed is '' (not null), hence nullif. Unset means: sees nothing.
create function kernel.me() returns uuid language sql stable as $$ select nullif(current_setting('vigil.person', true), '')::uuid $$;
create function kernel.my_persons() returns uuid[] language sql stable as $$ select nullif(current_setting('vigil.persons', true), '')::uuid[] $$;
create function kernel.my_orgs() returns int[] language sql stable as $$ select nullif(current_setting('vigil.orgs', true), '')::int[] $$;
create function kernel.my_line_orgs() returns int[] language sql stable as $$ select nullif(current_setting('vigil.line_orgs', true), '')::int[] $$;
create function kernel.my_org_lines() returns text[] language sql stable as $$ select nullif(current_setting('vigil.org_lines', true), '')::text[] $$;
create function kernel.my_parties() returns uuid[] language sql stable as $$ select nullif(current_setting('vigil.parties', true), '')::uuid[] $$;
create function kernel.my_units() returns int[] language sql stable as $$ select nullif(current_setting('vigil.units', true), '')::int[] $$;
create function kernel.mode() returns text language sql stable as $$ select coalesce(current_setting('vigil.mode', true), '') $$;

-- Named on a matter: as owner, signer, consulted, copied in, or the one who started it. Sees it wherever it lies.
create table kernel.involvement (
  subject uuid not null,
  kind text not null,
  person uuid not null,
  why text not null check (why in ('starter', 'owner', 'sign', 'consult', 'copy', 'superior')),
  open boolean not null default false,
  at timestamptz not null default now(),
  org int, line text, party uuid,
  primary key (subject, person, why)
);
create index involvement_person on kernel.involvement (person) where open;
create index involvement_seen on kernel.involvement (person, subject);

create function kernel.involved() returns uuid[] language sql stable security definer set search_path = '' as $$
  select array_agg(subject) from kernel.involvement
  where person = any((select nullif(current_setting('vigil.persons', true), '')::uuid[])::uuid[])
$$;

-- One policy for every table with an organisation's data: (area subtree, all lines) or (area subtree, these lines) or
-- (this supervised object) or named on it. Mirror of reaches() in kernel/permission.ts; array as init-plan, see ADR 003.
create function kernel.guard(target regclass, id_column text default null, also text default null) returns void language plpgsql as $$
declare
  rule text := 'org = any((select kernel.my_orgs())::int[])'
    || ' or (org = any((select kernel.my_line_orgs())::int[]) and (org::text || '':'' || line) = any((select kernel.my_org_lines())::text[]))'
    || ' or party = any((select kernel.my_parties())::uuid[])';
begin
  if id_column is not null then rule := rule || format(' or %I = any((select kernel.involved())::uuid[])', id_column); end if;
  if also is not null then rule := rule || ' or ' || also; end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy scope on %s for all to vigil_app using (%s) with check (%s)', target, rule, rule);
end $$;

select kernel.guard('kernel.involvement', 'subject', 'person = any((select kernel.my_persons())::uuid[])');
grant select, insert on kernel.involvement to vigil_app;
grant update (open, at) on kernel.involvement to vigil_app;

-- ---------------------------------------------------------------- the ledger
create table kernel.event (
  at timestamptz not null default now(),
  seq bigint generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  name text not null,
  kind text,
  subject uuid,
  org int,
  line text,
  party uuid,
  actor uuid,
  behalf uuid,
  request uuid,
  "from" text,
  "to" text,
  data jsonb not null default '{}',
  primary key (at, seq)
) partition by range (at);
create index event_order on kernel.event (tx, seq);
create index event_subject on kernel.event (subject, seq);
create index event_actor on kernel.event (actor, at);

do $$
declare month date := date '2026-01-01';
begin
  while month < date '2031-01-01' loop
    execute format('create table kernel.event_%s partition of kernel.event for values from (%L) to (%L)',
      to_char(month, 'YYYYMM'), month::text || ' 00:00:00+08', (month + interval '1 month')::date::text || ' 00:00:00+08');
    month := (month + interval '1 month')::date;
  end loop;
end $$;
create table kernel.event_rest partition of kernel.event default;

select kernel.guard('kernel.event', 'subject', 'actor = (select kernel.me()) or (select kernel.mode()) = ''audit''');
-- Anyone may add what they did; reading is what the policy bounds. `at`, `seq` and `tx` are not grantable: they cannot be forged.
create policy add on kernel.event for insert to vigil_app with check (true);
grant select on kernel.event to vigil_app;
grant insert (name, kind, subject, org, line, party, actor, behalf, request, "from", "to", data) on kernel.event to vigil_app;

-- Each row seals a run of ledger rows: per-row marks name the first bad place, the chained hash proves the whole.
create table kernel.seal (
  n bigint primary key,
  at timestamptz not null default now(),
  last_tx xid8 not null,
  last_seq bigint not null,
  rows int not null,
  seqs bigint[] not null,
  marks bytea not null,
  prev bytea not null,
  hash bytea not null
);
grant select, insert on kernel.seal to vigil_app;
alter table kernel.seal enable row level security;
create policy seal_read on kernel.seal for select to vigil_app using ((select kernel.mode()) in ('audit', 'system'));
create policy seal_add on kernel.seal for insert to vigil_app with check ((select kernel.mode()) = 'system');

-- How far each reader of the ledger has come; moved in the same transaction as what the reader writes.
create table kernel.cursor (
  name text primary key,
  tx xid8 not null default '0',
  seq bigint not null default 0,
  at timestamptz not null default now()
);
grant select, insert, update on kernel.cursor to vigil_app;

-- ---------------------------------------------------------------- requests: each is carried out once
create table kernel.request (
  id uuid primary key,
  person uuid,
  name text not null,
  -- what was asked for: the same id with other content is another request
  digest text not null,
  at timestamptz not null default now(),
  outcome jsonb not null
);
create index request_at on kernel.request (at);
grant select, insert, delete on kernel.request to vigil_app;

-- Every matter's id, over all kinds: given once.
create table kernel.matter_id (
  id uuid primary key,
  kind text not null
);
grant insert on kernel.matter_id to vigil_app;

-- ---------------------------------------------------------------- notices, files
create table kernel.notice (
  id uuid primary key,
  person uuid not null,
  at timestamptz not null default now(),
  name text not null,
  kind text,
  subject uuid,
  title text not null,
  data jsonb not null default '{}',
  read_at timestamptz
);
create index notice_person on kernel.notice (person, at desc);
create index notice_unread on kernel.notice (person) where read_at is null;
alter table kernel.notice enable row level security;
create policy own on kernel.notice for all to vigil_app using (person = (select kernel.me()) or (select kernel.mode()) = 'system')
  with check (person = (select kernel.me()) or (select kernel.mode()) = 'system');
grant select, insert on kernel.notice to vigil_app;
grant update (read_at) on kernel.notice to vigil_app;

create table kernel.file (
  id uuid primary key,
  sha256 text not null,
  name text not null,
  type text not null,
  size int not null,
  width int, height int,
  by uuid not null,
  at timestamptz not null default now(),
  -- how it was taken: device time, place with accuracy, camera or album, what the device said of itself
  taken jsonb not null default '{}'
);
create index file_sha on kernel.file (sha256);
create table kernel.attachment (
  file uuid not null references kernel.file (id),
  subject uuid not null,
  kind text not null,
  purpose text not null,
  org int, line text, party uuid,
  by uuid not null,
  at timestamptz not null default now(),
  primary key (file, subject, purpose)
);
create index attachment_subject on kernel.attachment (subject);
select kernel.guard('kernel.attachment', 'subject');
grant select, insert on kernel.attachment to vigil_app;
alter table kernel.file enable row level security;
create policy seen on kernel.file for select to vigil_app
  using (by = (select kernel.me()) or (select kernel.mode()) = 'system' or id in (select file from kernel.attachment));
create policy add on kernel.file for insert to vigil_app with check (by = (select kernel.me()));
grant select, insert on kernel.file to vigil_app;

-- ---------------------------------------------------------------- accounts and sessions (GB/T 22239-2019 8.1.4.1)
create table kernel.account (
  person uuid primary key,
  login text not null unique check (login = lower(login)),
  password text,
  password_at timestamptz,
  password_old text[] not null default '{}',
  must_change boolean not null default false,
  totp text,
  totp_on boolean not null default false,
  totp_used bigint not null default 0,
  subject text unique,
  failed int not null default 0,
  locked_until timestamptz,
  disabled boolean not null default false,
  last_at timestamptz,
  made_at timestamptz not null default now()
);
create table kernel.session (
  id bytea primary key,
  person uuid not null,
  made_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_why text,
  ip text, agent text, how text not null
);
create index session_person on kernel.session (person) where ended_at is null;
alter table kernel.account enable row level security;
alter table kernel.session enable row level security;
create policy own on kernel.account for all to vigil_app using (person = (select kernel.me()) or (select kernel.mode()) in ('auth', 'security', 'system'))
  with check (person = (select kernel.me()) or (select kernel.mode()) in ('auth', 'security', 'system'));
create policy own on kernel.session for all to vigil_app using (person = (select kernel.me()) or (select kernel.mode()) in ('auth', 'security', 'system'))
  with check (person = (select kernel.me()) or (select kernel.mode()) in ('auth', 'security', 'system'));
grant select, insert, update on kernel.account, kernel.session to vigil_app;

-- ---------------------------------------------------------------- forms as versioned data, settings
create table kernel.form (
  id text not null,
  version int not null,
  title jsonb not null,
  content jsonb not null,
  hash text not null,
  published_at timestamptz,
  published_by uuid,
  made_at timestamptz not null default now(),
  primary key (id, version)
);
create function kernel.form_frozen() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then raise exception 'a published form is immutable: % v%', old.id, old.version using errcode = 'VG001'; end if;
  return new;
end $$;
create trigger frozen before update or delete on kernel.form for each row execute function kernel.form_frozen();
grant select, insert, update on kernel.form to vigil_app;

create table kernel.form_answer (
  id uuid primary key,
  form text not null,
  version int not null,
  subject uuid,
  org int, line text, party uuid,
  answers jsonb not null,
  score jsonb,
  by uuid not null,
  at timestamptz not null default now(),
  foreign key (form, version) references kernel.form (id, version)
);
create index form_answer_subject on kernel.form_answer (subject);
select kernel.guard('kernel.form_answer', 'subject', 'by = (select kernel.me())');
grant select, insert on kernel.form_answer to vigil_app;

create table kernel.setting (
  key text primary key,
  value jsonb not null,
  by uuid,
  at timestamptz not null default now()
);
grant select, insert, update on kernel.setting to vigil_app;

-- ---------------------------------------------------------------- tables of matters
-- A module creates its table with its own columns and `id uuid primary key`, then calls this: every kind of matter
-- carries the same columns, indexes, policy and guard, so inbox, overdue list, ladder and statistics are written once.
create function kernel.make_matter(target regclass) returns void language plpgsql as $$
declare base text := replace(target::text, '.', '_');
begin
  execute format($f$alter table %s
    add column code text not null unique,
    add column title text not null,
    add column state text not null,
    add column version int not null default 1,
    add column level smallint check (level between 1 and 4),
    add column org int not null,
    add column line text,
    add column party uuid,
    add column owner_person uuid,
    add column owner_unit int,
    add column owner_role text,
    add column due timestamptz,
    add column next_at timestamptz,
    add column ladder smallint not null default 0,
    add column point point,
    add column place text,
    add column starter uuid not null,
    add column opened_at timestamptz not null,
    add column entered_at timestamptz not null,
    add column closed_at timestamptz,
    add column exercise boolean not null default false,
    add column course jsonb not null$f$, target);
  execute format('create index %I on %s (org, due) where closed_at is null', base || '_org_due', target);
  execute format('create index %I on %s (due) where closed_at is null', base || '_due', target);
  execute format('create index %I on %s (opened_at)', base || '_opened', target);
  execute format('create index %I on %s (org, opened_at)', base || '_org_opened', target);
  execute format('create index %I on %s (next_at) where next_at is not null', base || '_next', target);
  execute format('create index %I on %s (owner_unit, owner_role) where closed_at is null', base || '_role', target);
  execute format('create index %I on %s (party) where party is not null', base || '_party', target);
  execute format('create index %I on %s using gist (point)', base || '_point', target);
  execute format('create sequence %s', target::text || '_no');
  perform kernel.guard(target, 'id');
  execute format('grant select, insert, update on %s to vigil_app', target);
  execute format('grant usage on sequence %s to vigil_app', target::text || '_no');
  execute format('create trigger one_write_path before update on %s for each row
    when (old.state is distinct from new.state or old.version is distinct from new.version or old.course is distinct from new.course)
    execute function kernel.one_write_path()', target);
end $$;

-- Nothing but act() moves a matter. act() names the record it moves before it writes.
create function kernel.one_write_path() returns trigger language plpgsql as $$
begin
  if current_setting('vigil.act', true) is distinct from new.id::text then
    raise exception 'state of % % may be changed by act() only', tg_table_name, new.id using errcode = 'VG002';
  end if;
  return new;
end $$;

revoke execute on function kernel.make_matter(regclass), kernel.guard(regclass, text, text) from public;
