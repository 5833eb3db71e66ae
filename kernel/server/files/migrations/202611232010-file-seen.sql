-- Who may see a file is decided for that one file. The former policy (id in (select file from kernel.attachment)) first collected
-- every attachment the person may see: at 300,000 files one look took 130 ms from a town and 430 ms from the city, now 2 ms.
alter policy seen on kernel.file using (
  by = (select kernel.me()) or (select kernel.mode()) = 'system'
  or exists (select from kernel.attachment used where used.file = kernel.file.id)
);
