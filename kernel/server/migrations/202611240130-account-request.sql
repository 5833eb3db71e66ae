-- What one security administrator asks for an administrator's account, until another one confirms it (三员分立: nobody takes over
-- an administrator's account alone). One request for an account at a time.
create table kernel.account_request (
  person uuid primary key,
  what text not null check (what in ('reset', 'link')),
  totp boolean not null default false,
  subject text,
  by uuid not null,
  at timestamptz not null,
  until timestamptz not null,
  check (by <> person),
  check ((what = 'link') = (subject is not null))
);
alter table kernel.account_request enable row level security;
create policy ask on kernel.account_request for insert to vigil_app
  with check ((select kernel.mode()) = 'security' and by = (select kernel.me()));
create policy read on kernel.account_request for select to vigil_app using ((select kernel.mode()) in ('security', 'system'));
create policy done on kernel.account_request for delete to vigil_app using ((select kernel.mode()) in ('security', 'system'));
grant select, insert, delete on kernel.account_request to vigil_app;

-- The one-time password of a confirmed reset is shown once, like the others.
drop trigger shown_once on kernel.request;
create trigger shown_once before insert on kernel.request for each row
  when (new.name in ('session.accountOpen', 'session.accountReset', 'session.accountConfirm', 'session.totpBegin'))
  execute function kernel.shown_once();
