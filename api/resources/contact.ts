import { z } from 'zod';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { GATEWAY_CHANNELS } from '../../domain/reminders/kinds.ts';
import { CALL_OUTCOMES } from '../../prisma/call-outcomes.ts';
import { getCase } from '../cases/load-case.ts';
import { caseParams, partySchema, text } from '../cases/schemas.ts';
import type { Call } from '../http/route.ts';
import { type Route, route } from '../http/route.ts';
import { auditAct } from '../reminders/audit-act.ts';
import { proposeResend } from '../reminders/change-number.ts';
import { keyPlace } from '../reminders/cursor.ts';
import { getReminder } from '../reminders/get-reminder.ts';
import { numberChangeSchema, numberChangeView } from '../reminders/number-change-view.ts';
import { reminderSchema, reminderView } from '../reminders/reminder-view.ts';
import { contactOf, keepCall, retryNotice } from '../reminders/warn-by-hand.ts';

const TAG = 'Contact';
const params = z.object({ id: keyPlace.describe('Id of the notice; encode its slashes (`%2F`)') });

const contact = route({
  method: 'get',
  path: '/reminders/{id}/contact',
  tag: TAG,
  summary: 'The telephone number of the one party to be rung',
  description:
    'While the notice is on the list of people to ring, or ahead of its hour when no gateway can reach the party, and ' +
    'never with anything of the other party. Under the safety flag only for roles that know of it. Audited.',
  access: 'ring-party',
  params,
  answers: {
    status: 200,
    description: 'Whom to ring',
    schema: z.object({
      id: z.string(),
      caseNumber: z.string(),
      party: z.enum(PARTIES),
      name: z.string(),
      mobile: z.string().optional(),
    }),
  },
  problems: ['REMINDER_UNKNOWN', 'NOBODY_TO_CALL', 'PERSONAL_DATA_ERASED'],
  handle: async ({ deps, actor, params: { id } }) => ({
    json: await contactOf(deps, actor, await getReminder(deps, actor, id)),
  }),
});

const calls = route({
  method: 'post',
  path: '/reminders/{id}/calls',
  tag: TAG,
  summary: 'What came of ringing',
  description:
    'Whoever was reached is warned, and the notice is handled. With `not-reachable` it is given up: it stays failed ' +
    'and leaves the list (ahead of its hour it is counted only). Other outcomes are counted, and it stays on the list.',
  access: 'record-call',
  params,
  body: z
    .object({
      outcome: z.enum(CALL_OUTCOMES),
      note: text(2_000).optional().describe('Free text for the file; sealed'),
    })
    .meta({ id: 'CallOutcome' }),
  answers: { status: 200, description: 'The notice after the call', schema: reminderSchema },
  problems: ['REMINDER_UNKNOWN', 'NOBODY_TO_CALL', 'PERSONAL_DATA_ERASED'],
  handle: async (call) => {
    const { deps, actor, actId, body } = call;
    const row = await getReminder(deps, actor, call.params.id);
    await keepCall(deps, actor, row, { actId, ...body });
    return { json: await after(call) };
  },
});

const retry = route({
  method: 'post',
  path: '/reminders/{id}/retry',
  tag: TAG,
  summary: 'Send again what reached nobody',
  description:
    'On the channel named, or the first the party has an address for; only while the notice is of use. It keeps ' +
    'its key, and its attempts go on counting. A number or address that one person alone has changed is not sent ' +
    'what failed before: a second person approves the number, or sends it again.',
  access: 'handle-reminders',
  params,
  body: z.object({ channel: z.enum(GATEWAY_CHANNELS).optional() }).meta({ id: 'Retry' }),
  answers: { status: 200, description: 'The notice, in the queue again', schema: reminderSchema },
  problems: [
    'REMINDER_UNKNOWN',
    'NOBODY_TO_CALL',
    'REMINDER_OUT_OF_USE',
    'CHANNEL_WITHOUT_ADDRESS',
    'ADDRESS_NOT_APPROVED',
    'PERSONAL_DATA_ERASED',
  ],
  handle: async (call) => {
    const { deps, actor, body } = call;
    const row = await getReminder(deps, actor, call.params.id);
    await retryNotice(deps, actor, row, body.channel);
    return { json: await after(call) };
  },
});

const resend = route({
  method: 'post',
  path: '/reminders/{id}/resend',
  tag: TAG,
  summary: 'Propose another number for the party of a notice that reached nobody',
  description:
    'A second person approves it; the number then gets a code and nothing else. Once the party has read the code ' +
    'out, it takes the old number’s place, and what failed and is still of use is sent to it.',
  access: 'handle-reminders',
  params,
  body: z.object({ mobile: text(30).meta({ example: '10012345678' }) }).meta({ id: 'Resend' }),
  answers: { status: 201, description: 'The number as proposed, masked', schema: numberChangeSchema },
  problems: [
    'REMINDER_UNKNOWN',
    'NOBODY_TO_CALL',
    'MOBILE_SHAPE',
    'NUMBER_UNCHANGED',
    'NUMBER_NOT_SEPARATE',
    'PERSONAL_DATA_ERASED',
  ],
  handle: async ({ deps, actor, actId, params: { id }, body }) => {
    const row = await getReminder(deps, actor, id);
    const change = await proposeResend(deps, actor, row, { actId, mobile: body.mobile });
    return { status: 201, json: await numberChangeView(deps, change) };
  },
});

/** The notice as the act has left it. */
async function after({
  deps,
  actor,
  locale,
  params: { id },
}: Call<z.output<typeof params>, unknown, unknown>) {
  return reminderView(await getReminder(deps, actor, id), locale);
}

const messages = route({
  method: 'post',
  path: '/cases/{caseNumber}/parties/{party}/messages',
  tag: TAG,
  summary: 'Whether a party wants optional messages',
  description:
    'Optional ones are marked so in the reminder policy. Those already planned are not sent, and shown as declined; ' +
    'what concerns a right or a deadline is always sent.',
  access: 'handle-reminders',
  params: caseParams.extend({ party: partySchema }),
  body: z.object({ optional: z.boolean() }).meta({ id: 'OptionalMessages' }),
  answers: {
    status: 200,
    description: 'What holds from now on',
    schema: z.object({
      caseNumber: z.string(),
      party: z.enum(PARTIES),
      optional: z.boolean(),
      planned: z.number().describe('Optional messages of the party that are still to come'),
    }),
  },
  problems: ['CASE_UNKNOWN'],
  handle: async ({ deps, actor, params: { caseNumber: asked, party }, body: { optional } }) => {
    const { caseNumber } = await getCase(deps, actor, asked);
    const at = new Date(deps.now());
    await deps.db.$transaction(async (tx) => {
      await tx.party.update({
        where: { caseNumber_label: { caseNumber, label: party } },
        data: { declinesOptional: !optional },
      });
      const detail = { party, optional };
      await auditAct(tx, actor, { caseNumber, action: 'optional-messages', at, detail });
    });
    const planned = await deps.db.notice.count({
      where: { caseNumber, party, optional: true, state: { in: ['planned', 'queued'] } },
    });
    return { json: { caseNumber, party, optional, planned } };
  },
});

export const contactRoutes: readonly Route[] = [contact, calls, retry, resend, messages];
