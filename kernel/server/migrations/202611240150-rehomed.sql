-- A matter follows its supervised object to another area or line. The ledger is never rewritten, so its earlier rows stay where
-- they were written; who may see the matter now reads them because it is written here that it came to him.
create table kernel.rehomed (
  subject uuid not null,
  kind text not null,
  org int not null,
  line text,
  party uuid,
  at timestamptz not null default now(),
  primary key (subject)
);
select kernel.guard('kernel.rehomed');
grant select on kernel.rehomed to vigil_app;

-- Where a matter lies is also written on the evidence and on the list of people named on it. Moved by the server alone.
create function kernel.rehome(id uuid, of_kind text, to_org int, to_line text, to_party uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if kernel.mode() <> 'system' then raise exception 'matters are moved by the server only' using errcode = '42501'; end if;
  update kernel.involvement set org = to_org, line = to_line, party = to_party where subject = id;
  update kernel.attachment set org = to_org, line = to_line, party = to_party where subject = id and kind = of_kind;
  insert into kernel.rehomed (subject, kind, org, line, party) values (id, of_kind, to_org, to_line, to_party)
    on conflict (subject) do update set org = excluded.org, line = excluded.line, party = excluded.party, at = now();
end $$;
revoke execute on function kernel.rehome(uuid, text, int, text, uuid) from public;
grant execute on function kernel.rehome(uuid, text, int, text, uuid) to vigil_app;

-- Reading the ledger is what the scope bounds; adding has a policy of its own, which the scope must not widen.
do $$
declare rule text;
begin
  select qual into rule from pg_policies where schemaname = 'kernel' and tablename = 'event' and policyname = 'scope';
  drop policy scope on kernel.event;
  execute format('create policy scope on kernel.event for select to vigil_app using (%s or subject = any(array(select r.subject from kernel.rehomed r)))', rule);
end $$;
