create index hazard_recurs on inspection.hazard (recurs) where recurs is not null;
-- Hazards of no object are compared within their town.
create index hazard_open_place on inspection.hazard (org, opened_at) where site is null;
