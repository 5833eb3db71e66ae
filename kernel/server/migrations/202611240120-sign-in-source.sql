-- Failures are counted where they come from: five wrong passwords from one address lock the account for that address (GB/T
-- 22239-2019 8.1.4.1 b), and nobody elsewhere is kept out by a stranger. A row without a login counts all failures of an
-- address, a row without an address those of somebody signed in. kernel.account and kernel.stranger count over all addresses.
create table kernel.sign_in_source (
  login text not null,
  ip text not null,
  person uuid,
  failed int not null default 0,
  locked_until timestamptz,
  at timestamptz not null,
  primary key (login, ip)
);
create index sign_in_source_at on kernel.sign_in_source (at);
alter table kernel.sign_in_source enable row level security;
create policy own on kernel.sign_in_source for select to vigil_app using (person = (select kernel.me()));
create policy count on kernel.sign_in_source for all to vigil_app using ((select kernel.mode()) in ('auth', 'security', 'system'))
  with check ((select kernel.mode()) in ('auth', 'system'));
grant select, insert, delete on kernel.sign_in_source to vigil_app;
grant update (failed, locked_until, at) on kernel.sign_in_source to vigil_app;

-- From where somebody has signed in lately.
create index session_from on kernel.session (person, made_at);
