import { codeBook } from '#kernel/server/code-book.ts';
import { directory } from '#kernel/server/directory.ts';
import { implementModule, type ModuleServer } from '#kernel/server/implement.ts';
import { provide } from '#kernel/server/providers.ts';
import { orgModule } from '../module.ts';
import { readCodeBook } from './code-book.ts';
import { committeeQuery, committeesQuery } from './committee-queries.ts';
import { delegateAction, delegationsQuery, revokeAction } from './delegation.ts';
import { orgDirectory } from './directory.ts';
import { divisionsQuery } from './division-queries.ts';
import { desksQuery, onDutyQuery, rotaQuery } from './duty-queries.ts';
import { myPostsQuery, peopleQuery, personQuery } from './people-queries.ts';
import { personLeave, personSave } from './person-actions.ts';
import { postEnd, postGive } from './post-actions.ts';
import { deskSave, shiftHandover, shiftPlan, takeOver } from './shift-actions.ts';
import { swapServer } from './swap-effects.ts';
import { committeeSave, unitClose, unitSave } from './unit-actions.ts';
import { areasQuery, unitQuery, unitsQuery } from './unit-queries.ts';

export const server: ModuleServer = implementModule({
  contract: orgModule,
  migrations: new URL('./migrations/', import.meta.url),
  workflows: [swapServer],
  actions: [
    unitSave,
    unitClose,
    personSave,
    personLeave,
    postGive,
    postEnd,
    committeeSave,
    delegateAction,
    revokeAction,
    deskSave,
    shiftPlan,
    shiftHandover,
    takeOver,
  ],
  queries: [
    areasQuery,
    unitsQuery,
    unitQuery,
    peopleQuery,
    personQuery,
    committeesQuery,
    committeeQuery,
    divisionsQuery,
    myPostsQuery,
    desksQuery,
    rotaQuery,
    onDutyQuery,
    delegationsQuery,
  ],
  provides: [provide(directory, orgDirectory), provide(codeBook, readCodeBook)],
});
