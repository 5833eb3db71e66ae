-- Photographs of rectifications that did not pass: the same picture is no evidence a second time.
alter table inspection.hazard add column photos_former uuid[] not null default '{}';
