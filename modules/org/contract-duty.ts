import { z } from 'zod';
import { defineAction, defineQuery } from '#kernel/contract.ts';
import { ask } from '#kernel/field.ts';
import { delegationLine, instant, intFrom, shiftLine, shiftRole, shiftRoles, words } from './schema.ts';

const nothing = z.object({});
const deskId = z.int().min(1).max(2_147_483_647);
/** Governments, their departments and rescue units keep an emergency duty desk. */
const dutyLaw = ['《生产安全事故应急条例》第十四条'] as const;

export const desks = defineQuery({
  name: 'desks',
  label: { zh: '值班室', en: 'Duty desks' },
  by: 'signed-in',
  input: nothing,
  output: z.object({
    items: z.array(
      z.object({
        unit: z.number(),
        name: z.string(),
        phone: z.string().nullable(),
        org: z.number(),
        orgName: z.string(),
        /** May plan the shifts. */
        mayPlan: z.boolean(),
      }),
    ),
  }),
});

export const rota = defineQuery({
  name: 'rota',
  label: { zh: '值班表', en: 'Rota' },
  by: 'signed-in',
  input: z.object({
    desk: intFrom.optional().describe('empty: my own shifts at all desks'),
    from: z.iso.date(),
    to: z.iso.date().describe('last day, at most 92 days after the first'),
  }),
  output: z.object({ items: z.array(shiftLine) }),
});

export const onDuty = defineQuery({
  name: 'onDuty',
  label: { zh: '当前值班', en: 'On duty now' },
  by: 'signed-in',
  input: nothing,
  output: z.object({
    items: z.array(
      z.object({
        desk: z.number(),
        deskName: z.string(),
        phone: z.string().nullable(),
        people: z.array(
          z.object({
            shift: z.uuid(),
            person: z.uuid(),
            name: z.string(),
            title: z.string(),
            role: shiftRole,
            startsAt: z.string(),
            endsAt: z.string(),
            takenAt: z.string().nullable(),
            mine: z.boolean(),
          }),
        ),
      }),
    ),
  }),
});

export const delegations = defineQuery({
  name: 'delegations',
  label: { zh: '我的委托', en: 'My delegations' },
  by: 'signed-in',
  input: nothing,
  output: z.object({ given: z.array(delegationLine), received: z.array(delegationLine) }),
});

export const delegate = defineAction({
  name: 'delegate',
  label: { zh: '委托代理', en: 'Delegate' },
  by: 'signed-in',
  input: z.object({
    to: z.uuid().meta(ask('受托人', 'Stand-in', { widget: 'person' })),
    from: instant.optional().meta(ask('自', 'From', { help: { zh: '不填则立即生效', en: 'Empty: from now' } })),
    until: instant.meta(ask('至', 'Until')),
    reason: words(200).meta(ask('事由', 'Reason')),
  }),
  output: z.object({ id: z.uuid() }),
});

export const delegationRevoke = defineAction({
  name: 'delegationRevoke',
  label: { zh: '收回委托', en: 'Revoke delegation' },
  by: 'signed-in',
  input: z.object({ id: z.uuid().meta({ hidden: true }) }),
  output: nothing,
});

export const deskSave = defineAction({
  name: 'deskSave',
  label: { zh: '设置值班室', en: 'Save duty desk' },
  by: ['sysadmin'],
  input: z.object({
    unit: deskId.meta(ask('单位', 'Unit', { widget: 'unit' })),
    name: words(60).meta(ask('名称', 'Name')),
    phone: z
      .string()
      .regex(/^\+?[0-9-]{5,20}$/)
      .optional()
      .meta(ask('值班电话', 'Telephone')),
  }),
  output: z.object({ unit: z.number() }),
});

export const shiftPlan = defineAction({
  name: 'shiftPlan',
  label: { zh: '排班', en: 'Plan shifts' },
  by: ['leader', 'duty'],
  because: dutyLaw,
  input: z.object({
    desk: deskId.meta(ask('值班室', 'Desk', { widget: 'unit' })),
    from: instant.meta(ask('自', 'From')),
    to: instant.meta(ask('至', 'Until')),
    /** The whole plan of that time: what is not in it is taken off, what stays keeps its id. */
    shifts: z
      .array(
        z.object({
          startsAt: instant.meta(ask('上班', 'Begins')),
          endsAt: instant.meta(ask('下班', 'Ends')),
          person: z.uuid().meta(ask('人员', 'Person', { widget: 'person' })),
          role: shiftRole.meta(ask('岗位', 'Role', { options: shiftRoles })),
        }),
      )
      .max(2000),
  }),
  output: z.object({ added: z.number(), kept: z.number(), removed: z.number() }),
});

export const shiftHandover = defineAction({
  name: 'shiftHandover',
  label: { zh: '交班', en: 'Hand over' },
  by: 'signed-in',
  because: dutyLaw,
  input: z.object({
    shift: z.uuid().meta({ hidden: true }),
    note: words(4000).meta(
      ask('交班记录', 'Hand-over note', {
        widget: 'textarea',
        help: { zh: '未办结事项、重要来电、设备状况', en: 'Open matters, calls, equipment' },
      }),
    ),
  }),
  output: nothing,
});

export const takeOver = defineAction({
  name: 'takeOver',
  label: { zh: '接班', en: 'Take over' },
  by: 'signed-in',
  because: dutyLaw,
  input: z.object({
    shift: z.uuid().meta({ hidden: true }),
    without: words(200)
      .optional()
      .meta(
        ask('无交班记录的原因', 'Why without a note', {
          help: { zh: '上一班未填写交班记录时填写', en: 'Only when the shift before left none' },
        }),
      ),
  }),
  output: nothing,
});
