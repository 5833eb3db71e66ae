import { defineModule } from '#kernel/contract.ts';
import { anyWorkflow } from '#kernel/workflow.ts';
import * as administration from './contract-administration.ts';
import * as book from './contract-directory.ts';
import * as duty from './contract-duty.ts';
import { orgFaults } from './faults.ts';
import { swap } from './swap.workflow.ts';

export { administration, book, duty };

/** Who is who: units, people, posts, committees, divisions, duty rota, delegation. */
export const orgModule = defineModule({
  name: 'org',
  level: 1,
  title: { zh: '组织机构', en: 'Organisation' },
  workflows: [anyWorkflow(swap)],
  actions: [
    administration.unitSave,
    administration.unitClose,
    administration.personSave,
    administration.personLeave,
    administration.postGive,
    administration.postEnd,
    administration.committeeSave,
    duty.delegate,
    duty.delegationRevoke,
    duty.deskSave,
    duty.shiftPlan,
    duty.shiftHandover,
    duty.takeOver,
  ],
  queries: [
    book.areas,
    book.units,
    book.unit,
    book.people,
    book.person,
    book.committees,
    book.committee,
    book.divisions,
    book.myPosts,
    duty.desks,
    duty.rota,
    duty.onDuty,
    duty.delegations,
  ],
  faults: orgFaults,
  events: { 'org.personFirst': { zh: '由命令行新增人员', en: 'Person added from the command line' } },
});
