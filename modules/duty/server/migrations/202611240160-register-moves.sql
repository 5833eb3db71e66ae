-- The register follows an object that moves: a line that still fits lies where the object lies.
grant update (org, line) on duty.register to vigil_app;
