-- The hidden danger that was reported from a failed check.
alter table risk.round add column hazard uuid;
grant update (hazard) on risk.round to vigil_app;
