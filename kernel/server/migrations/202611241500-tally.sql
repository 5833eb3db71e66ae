-- Statistics that are kept, not computed: whatever changes a matter leaves, in the same transaction, what it counted for before
-- (n = -1) and what it counts for now (n = 1). A chore folds these rows into the cells; a reader adds those not yet folded, so
-- that the sum is right at every moment and no two officers ever wait for the same counter.

create table kernel.tally_delta (
  id bigint generated always as identity primary key,
  kind text not null,
  org int not null,
  line text,
  -- 'grade:major', 'state:rectifying' …: what the figures can be divided by
  facets text[] not null,
  opened date not null,
  closed date,
  on_time boolean not null,
  -- class of the time from opening to closing, see kernel.took_class
  took smallint,
  due date,
  n smallint not null
);

-- One cell of a sum. org: an area with everything below it; line '' = all lines; facet '' = everything.
-- span 'm' and 'd': found and closed in the month or on the day `at` (China); 'o': open now, by the day they are due ('infinity': without deadline).
create table kernel.tally (
  kind text not null,
  org int not null,
  span text not null,
  line text not null,
  facet text not null,
  at date not null,
  found int not null,
  closed int not null,
  on_time int not null,
  open int not null,
  primary key (kind, org, span, line, facet, at)
);

-- Which area lies in which; `steps` 0: itself, 1: directly.
create table kernel.lies_in (
  org int not null,
  within int not null,
  steps smallint not null,
  primary key (within, org)
);

-- When all cells were last counted anew from the records, and how many were wrong. It must be none.
create table kernel.tally_check (
  at timestamptz primary key default now(),
  cells int not null,
  wrong int not null,
  seconds double precision not null
);

do $$
declare rule text := 'org = any((select kernel.my_orgs())::int[])'
  || ' or (org = any((select kernel.my_line_orgs())::int[]) and (org::text || '':'' || line) = any((select kernel.my_org_lines())::text[]))'
  || ' or (select kernel.mode()) = ''system''';
declare target text;
begin
  foreach target in array array['tally', 'tally_delta'] loop
    execute format('alter table kernel.%I enable row level security', target);
    execute format('create policy seen on kernel.%I for select to vigil_app using (%s)', target, rule);
    execute format('create policy remove on kernel.%I for delete to vigil_app using ((select kernel.mode()) = ''system'')', target);
  end loop;
end $$;
create policy add on kernel.tally for insert to vigil_app with check ((select kernel.mode()) = 'system');
create policy change on kernel.tally for update to vigil_app using ((select kernel.mode()) = 'system');
grant select, delete on kernel.tally, kernel.tally_delta to vigil_app;
grant insert, update on kernel.tally to vigil_app;

alter table kernel.lies_in enable row level security;
create policy read on kernel.lies_in for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy keep on kernel.lies_in for all to vigil_app using ((select kernel.mode()) = 'system') with check ((select kernel.mode()) = 'system');
alter table kernel.tally_check enable row level security;
create policy read on kernel.tally_check for select to vigil_app using ((select kernel.mode()) in ('audit', 'system'));
create policy keep on kernel.tally_check for insert to vigil_app with check ((select kernel.mode()) = 'system');
grant select, insert, update, delete on kernel.lies_in to vigil_app;
grant select, insert on kernel.tally_check to vigil_app;

create function kernel.china_day(at timestamptz) returns date language sql immutable as $$ select (at at time zone 'Asia/Shanghai')::date $$;

-- By the hour for two days, by the day for two months, then by thirty days: the median and the ninth decile are read from these.
create function kernel.took_class(took interval) returns smallint language sql immutable as $$
  select (case
    when h < 0 then 0
    when h < 48 then floor(h)
    when h < 1440 then 46 + floor(h / 24)
    else least(106 + floor((h - 1440) / 720), 200)
  end)::smallint from (select extract(epoch from took) / 3600 as h) x
$$;

-- What a matter counts for. Exercises count for nothing. TG_ARGV: the columns it can be divided by.
create function kernel.tally_matter() returns trigger language plpgsql security definer set search_path = '' as $$
declare was kernel.tally_delta; now_is kernel.tally_delta;
begin
  if tg_op <> 'INSERT' then was := kernel.tally_shape(tg_argv[0], tg_argv[1:], to_jsonb(old)); end if;
  if tg_op <> 'DELETE' then now_is := kernel.tally_shape(tg_argv[0], tg_argv[1:], to_jsonb(new)); end if;
  if was is not distinct from now_is then return null; end if;
  if was.kind is not null then
    insert into kernel.tally_delta (kind, org, line, facets, opened, closed, on_time, took, due, n)
      values (was.kind, was.org, was.line, was.facets, was.opened, was.closed, was.on_time, was.took, was.due, -1);
  end if;
  if now_is.kind is not null then
    insert into kernel.tally_delta (kind, org, line, facets, opened, closed, on_time, took, due, n)
      values (now_is.kind, now_is.org, now_is.line, now_is.facets, now_is.opened, now_is.closed, now_is.on_time, now_is.took, now_is.due, 1);
  end if;
  return null;
end $$;

create function kernel.tally_shape(of_kind text, facet_columns text[], r jsonb) returns kernel.tally_delta language plpgsql stable set search_path = '' as $$
declare shape kernel.tally_delta; opened timestamptz := r ->> 'opened_at'; closed timestamptz := r ->> 'closed_at'; due timestamptz := r ->> 'due';
begin
  if (r ->> 'exercise')::boolean then return null; end if;
  shape.kind := of_kind;
  shape.org := (r ->> 'org')::int;
  shape.line := r ->> 'line';
  shape.opened := kernel.china_day(opened);
  shape.on_time := closed is not null and (r ->> 'ladder')::int < 2;
  shape.facets := array(select c || ':' || (r ->> c) from unnest(facet_columns) c where r ->> c is not null);
  if closed is null then
    shape.due := coalesce(kernel.china_day(due), 'infinity');
  else
    shape.closed := kernel.china_day(closed);
    shape.took := kernel.took_class(closed - opened);
  end if;
  return shape;
end $$;

revoke execute on function kernel.tally_matter(), kernel.tally_shape(text, text[], jsonb) from public;
