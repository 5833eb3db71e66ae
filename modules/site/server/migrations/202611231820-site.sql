create schema site;
grant usage on schema site to vigil_app;

create table site.site (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('enterprise', 'small', 'project', 'public', 'facility')),
  credit_code text unique,
  industry text,
  org int not null,
  line text not null,
  -- the object itself is a scope: its own people see what concerns it
  party uuid generated always as (id) stored,
  address text not null,
  point point,
  level smallint not null check (level between 1 and 4),
  headcount int,
  principal text,
  phone text,
  status text not null default 'active' check (status in ('active', 'closed')),
  made_at timestamptz not null default now(),
  made_by uuid,
  changed_at timestamptz not null default now()
);
create index site_org on site.site (org, name) where status = 'active';
create index site_point on site.site using gist (point);
select kernel.guard('site.site');
grant select, insert on site.site to vigil_app;
grant update (name, kind, credit_code, industry, org, line, address, point, level, headcount, principal, phone, status, changed_at) on site.site to vigil_app;

-- A credit code is unique over the whole city, also among objects one may not see: only the fact and the id are told.
create function site.by_credit_code(code text) returns uuid language sql stable security definer set search_path = '' as $$
  select id from site.site where credit_code = code
$$;
-- Names of objects for records one may see anyway.
create function site.names(ids uuid[]) returns table (id uuid, name text) language sql stable security definer set search_path = '' as $$
  select s.id, s.name from site.site s where s.id = any(ids)
$$;
revoke execute on function site.by_credit_code(text), site.names(uuid[]) from public;
grant execute on function site.by_credit_code(text), site.names(uuid[]) to vigil_app;
