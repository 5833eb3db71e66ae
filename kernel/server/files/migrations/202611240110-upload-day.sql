-- How much each person uploaded on a day (China time): one account cannot fill the disk.
create table kernel.upload_day (
  person uuid not null,
  day date not null,
  files int not null,
  bytes bigint not null,
  primary key (person, day)
);
alter table kernel.upload_day enable row level security;
create policy own on kernel.upload_day for all to vigil_app using (person = (select kernel.me()) or (select kernel.mode()) = 'system')
  with check (person = (select kernel.me()));
grant select, insert, delete on kernel.upload_day to vigil_app;
grant update (files, bytes) on kernel.upload_day to vigil_app;
