create schema inspection;
grant usage on schema inspection to vigil_app;

create table inspection.hazard (
  id uuid primary key,
  site uuid,
  grade text not null check (grade in ('general', 'major')),
  category text not null,
  description text not null,
  requirement text,
  measures text,
  cost double precision check (cost >= 0),
  recheck_opinion text,
  extend_until timestamptz,
  due_before timestamptz,
  extensions int not null default 0,
  supervised boolean not null default false,
  supervised_by uuid,
  photos_before uuid[] not null default '{}',
  photos_after uuid[] not null default '{}'
);
select kernel.make_matter('inspection.hazard');
create index hazard_site on inspection.hazard (site, opened_at);
create index hazard_supervised on inspection.hazard (org) where supervised;
