import { implementModule } from '#kernel/server/implement.ts';
import { inspectionModule } from '../module.ts';
import { hazardServer } from './effects.ts';
import { doSetRecheckMetres } from './recheck.ts';

export const server = implementModule({
  contract: inspectionModule,
  migrations: new URL('./migrations/', import.meta.url),
  workflows: [hazardServer],
  actions: [doSetRecheckMetres],
});
