-- Being named on a matter opens that matter. Ids of matters come from devices, so somebody could start one under the id of a
-- person, an enterprise or a file and read what the ledger, the files and the answers say about those: sight by name therefore
-- holds for records of matters alone, and an id that the ledger already speaks of is not given to a matter.

create function kernel.kinds() returns text[] language sql stable security definer set search_path = '' as $$
  select array_agg(n.nspname || '.' || c.relname) from pg_catalog.pg_trigger t
    join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where t.tgname = 'one_write_path'
$$;

-- As before, but where the id is a record's subject (not the row's own) the row must be a matter's.
create or replace function kernel.guard(target regclass, id_column text default null, also text default null) returns void language plpgsql as $$
declare
  rule text := 'org = any((select kernel.my_orgs())::int[])'
    || ' or (org = any((select kernel.my_line_orgs())::int[]) and (org::text || '':'' || line) = any((select kernel.my_org_lines())::text[]))'
    || ' or party = any((select kernel.my_parties())::uuid[])';
begin
  if id_column = 'id' then rule := rule || ' or id = any((select kernel.involved())::uuid[])';
  elsif id_column is not null then
    rule := rule || format(' or (%I = any((select kernel.involved())::uuid[]) and kind = any((select kernel.kinds())::text[]))', id_column);
  end if;
  if also is not null then rule := rule || ' or ' || also; end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy scope on %s for all to vigil_app using (%s) with check (%s)', target, rule, rule);
end $$;

alter table kernel.form_answer add column kind text;

drop policy scope on kernel.involvement;
drop policy scope on kernel.event;
drop policy scope on kernel.attachment;
drop policy scope on kernel.form_answer;
select kernel.guard('kernel.involvement', 'subject', 'person = any((select kernel.my_persons())::uuid[])');
select kernel.guard('kernel.event', 'subject', 'actor = (select kernel.me()) or (select kernel.mode()) = ''audit''');
select kernel.guard('kernel.attachment', 'subject');
select kernel.guard('kernel.form_answer', 'subject', 'by = (select kernel.me())');

create function kernel.fresh_subject() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from kernel.event where subject = new.id) then
    raise exception 'the ledger already speaks of %', new.id using errcode = '23505', constraint = 'matter_id_pkey';
  end if;
  return new;
end $$;
create trigger fresh_subject before insert on kernel.matter_id for each row execute function kernel.fresh_subject();

-- Whoever writes the ledger writes in the own name; the server itself (signing in, its own jobs) writes in others' or in nobody's.
alter policy add on kernel.event
  with check (actor is null or actor = (select kernel.me()) or (select kernel.mode()) in ('auth', 'system'));

-- The outcome of a request is for whoever made it; others learn that its id is taken.
create function kernel.replay(request uuid) returns table (name text, person uuid, digest text, outcome jsonb)
language sql stable security definer set search_path = '' as $$
  select r.name, r.person, r.digest,
    case when r.person = coalesce((select kernel.me()), '00000000-0000-0000-0000-000000000000') then r.outcome end
  from kernel.request r where r.id = request
$$;
revoke select on kernel.request from vigil_app;
grant select (at) on kernel.request to vigil_app;

-- Rules for passwords are the security administrator's, all other settings the server's own.
alter table kernel.setting enable row level security;
create policy read on kernel.setting for select to vigil_app using (true);
create policy make on kernel.setting for insert to vigil_app with check ((select kernel.mode()) in ('auth', 'security', 'system'));
create policy change on kernel.setting for update to vigil_app using ((select kernel.mode()) in ('auth', 'security', 'system'));

revoke execute on function kernel.kinds(), kernel.replay(uuid), kernel.fresh_subject(), kernel.guard(regclass, text, text) from public;
grant execute on function kernel.kinds(), kernel.replay(uuid) to vigil_app;
