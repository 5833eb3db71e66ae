-- Duty: desks, shifts with hand-over, and the exchange of shifts.
create table org.duty_desk (
  unit int primary key references org.unit (id),
  name text not null,
  phone text,
  org int not null references org.unit (id),
  -- the line of a department's desk; null for a government's or emergency bureau's
  line text
);
create table org.duty_shift (
  id uuid primary key,
  desk int not null references org.duty_desk (unit),
  org int not null,
  line text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  person uuid not null references org.person (id),
  -- lead 带班领导, main 主班, second 副班
  role text not null check (role in ('lead', 'main', 'second')),
  handover text,
  handover_at timestamptz,
  taken_at timestamptz,
  taken_without text,
  check (ends_at > starts_at and ends_at <= starts_at + interval '7 days')
);
create index duty_shift_desk on org.duty_shift (desk, starts_at);
create index duty_shift_person on org.duty_shift (person, starts_at);

-- Nobody is on duty twice at a time, and a desk has one leader and one main officer at a time. Desks and people are locked
-- first, in order, so that two transactions cannot each plan one half.
create function org.check_shifts() returns trigger language plpgsql security definer set search_path = '' as $$
declare clash record;
begin
  perform 1 from org.duty_desk where unit in (select desk from changed) order by unit for no key update;
  perform 1 from org.person where id in (select person from changed) order by id for no key update;
  select s.person, s.starts_at into clash from changed c join org.duty_shift s on s.person = c.person
  where s.id <> c.id and s.starts_at < c.ends_at and s.ends_at > c.starts_at limit 1;
  if not found then
    select s.person, s.starts_at into clash from changed c join org.duty_shift s on s.desk = c.desk and s.role = c.role
    where c.role in ('lead', 'main') and s.id <> c.id and s.starts_at < c.ends_at and s.ends_at > c.starts_at limit 1;
  end if;
  if found then
    raise exception 'shift overlaps that of % from %', clash.person, clash.starts_at using errcode = 'VG013', detail = clash.starts_at::text;
  end if;
  return null;
end $$;
create trigger apart_insert after insert on org.duty_shift referencing new table as changed
  for each statement execute function org.check_shifts();
create trigger apart_update after update on org.duty_shift referencing new table as changed
  for each statement execute function org.check_shifts();

-- Who is on duty at these desks: names to call, without the notes. Open to the government: at night one must know whom to ring.
create function org.duty_now(desks int[], at timestamptz)
returns table (desk int, desk_name text, phone text, shift uuid, person uuid, name text, title text, role text, starts_at timestamptz, ends_at timestamptz, taken_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select d.unit, d.name, d.phone, s.id, s.person, p.name, coalesce(org.title_of(p.id, at), p.title), s.role, s.starts_at, s.ends_at, s.taken_at
  from org.duty_desk d left join org.duty_shift s on s.desk = d.unit and s.starts_at <= at and s.ends_at > at
    left join org.person p on p.id = s.person
  where d.unit = any(desks) and (select org.insider())
  order by d.unit, array_position(array['lead', 'main', 'second'], s.role), s.person
$$;

alter table org.duty_desk enable row level security;
create policy read on org.duty_desk for select to vigil_app using ((select kernel.me()) is not null or (select kernel.mode()) = 'system');
create policy keep on org.duty_desk for all to vigil_app
  using (org = any((select org.admin_areas('sysadmin'))::int[])) with check (org = any((select org.admin_areas('sysadmin'))::int[]));
alter table org.duty_shift enable row level security;
create policy scope on org.duty_shift for all to vigil_app using (
  org = any((select kernel.my_orgs())::int[])
  or (org = any((select kernel.my_line_orgs())::int[]) and (org::text || ':' || line) = any((select kernel.my_org_lines())::text[]))
  or person = any((select kernel.my_persons())::uuid[]));
grant select, insert on org.duty_desk to vigil_app;
grant update (name, phone) on org.duty_desk to vigil_app;
grant select, insert, delete on org.duty_shift to vigil_app;
grant update (person, handover, handover_at, taken_at, taken_without) on org.duty_shift to vigil_app;
revoke execute on function org.check_shifts(), org.duty_now(int[], timestamptz) from public;
grant execute on function org.duty_now(int[], timestamptz) to vigil_app;

-- ---------------------------------------------------------------- 换班
create table org.swap (
  id uuid primary key,
  desk int not null references org.duty_desk (unit),
  shift uuid not null,
  other uuid not null references org.person (id),
  -- null: the other person takes the shift over without giving one (替班)
  other_shift uuid,
  reason text not null,
  starts_at timestamptz not null
);
select kernel.make_matter('org.swap');
create index swap_shift on org.swap (shift) where closed_at is null;
