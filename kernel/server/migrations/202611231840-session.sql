-- Sign-in. One-time passwords run out; demo accounts (published passwords) are refused outside demo mode
-- (GB/T 22239-2019 8.1.4.2 b: default accounts are removed or renamed).
alter table kernel.account
  add column password_until timestamptz,
  add column demo boolean not null default false;

-- Failures of logins that do not exist: they are counted and locked like real ones, so that a lock betrays nothing.
create table kernel.stranger (
  login text primary key,
  failed int not null default 0,
  locked_until timestamptz,
  at timestamptz not null
);
create index stranger_at on kernel.stranger (at);
alter table kernel.stranger enable row level security;
create policy own on kernel.stranger for all to vigil_app using ((select kernel.mode()) in ('auth', 'system'))
  with check ((select kernel.mode()) in ('auth', 'system'));
grant select, insert, update, delete on kernel.stranger to vigil_app;

create index session_open on kernel.session (seen_at) where ended_at is null;

-- The outcome of a request is kept for its repetition; passwords and secrets that are shown once are not.
create function kernel.shown_once() returns trigger language plpgsql as $$
declare field text;
begin
  foreach field in array array['password', 'secret', 'url'] loop
    if new.outcome #> array['output', field] is not null then
      new.outcome := jsonb_set(new.outcome, array['output', field], 'null');
    end if;
  end loop;
  return new;
end $$;
create trigger shown_once before insert on kernel.request for each row
  when (new.name in ('session.accountOpen', 'session.accountReset', 'session.totpBegin')) execute function kernel.shown_once();

-- Nobody unlocks, enables or links oneself, whatever the code above says: in one's own name these columns do not move.
create function kernel.not_oneself() returns trigger language plpgsql as $$
begin
  raise exception 'the account of % may be changed in this way by somebody else only', new.person using errcode = '42501';
end $$;
create trigger not_oneself before update of login, failed, locked_until, disabled, subject, person on kernel.account for each row
  when (new.person = kernel.me() and row(new.person, new.login, new.failed, new.locked_until, new.disabled, new.subject)
    is distinct from row(old.person, old.login, old.failed, old.locked_until, old.disabled, old.subject))
  execute function kernel.not_oneself();
