import { z } from 'zod';
import { appendAudit } from '../../prisma/audit.ts';
import { NUMBER_CHANGE_STATES } from '../../prisma/number-changes.ts';
import { listNumberChanges } from '../../prisma/queries/number-changes.ts';
import { may, visibleVenues } from '../authorize.ts';
import { auditRead } from '../cases/load-case.ts';
import { idSchema } from '../cases/schemas.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { approve, confirm, getNumberChange, refuse } from '../reminders/change-number.ts';
import { cursorOf, instantPlace, keyPlace, readCursor } from '../reminders/cursor.ts';
import { listOf } from '../reminders/list-of.ts';
import { numberChangeSchema, numberChangeView, wholeNumber } from '../reminders/number-change-view.ts';

const TAG = 'Changed numbers';
const params = z.object({ id: idSchema });
const place = z.object({ proposedAt: instantPlace, id: keyPlace });

const list = route({
  method: 'get',
  path: '/number-changes',
  tag: TAG,
  summary: 'Changed telephone numbers and how far they are',
  description: 'Masked. The longest waiting first.',
  access: 'read-number-changes',
  query: z.object({
    state: z.string().max(100).optional().describe('One state or several, separated by commas'),
    realm: z.enum(['live', 'rehearsal']).default('live'),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answers: {
    status: 200,
    description: 'A page; `nextCursor` is there while more follow',
    schema: z.object({ items: z.array(numberChangeSchema), nextCursor: z.string().optional() }),
  },
  problems: ['VALUE_NOT_ALLOWED', 'CURSOR_INVALID'],
  handle: async ({ deps, actor, query }) => {
    const rows = await listNumberChanges(deps.db, {
      realm: query.realm,
      states: listOf('state', query.state, NUMBER_CHANGE_STATES),
      visibleVenues: visibleVenues(actor),
      after: readCursor(query.cursor, place),
      limit: query.limit + 1,
    });
    const shown = rows.slice(0, query.limit);
    const items = await Promise.all(shown.map((row) => numberChangeView(deps, row)));
    const at = new Date(deps.now());
    const fact = { stream: 'system', at, actor: actor.sub, role: actor.role, action: 'read-number-changes' };
    await deps.db.$transaction((tx) =>
      appendAudit(tx, [{ ...fact, detail: { changes: items.map(({ id }) => id) } }]),
    );
    const last = rows.length > query.limit ? shown.at(-1) : undefined;
    const nextCursor = last && cursorOf({ proposedAt: last.proposedAt.getTime(), id: last.id });
    return { json: { items, ...(nextCursor ? { nextCursor } : {}) } };
  },
});

const read = route({
  method: 'get',
  path: '/number-changes/{id}',
  tag: TAG,
  summary: 'One changed number',
  description:
    'Whoever may approve it sees the whole number as well (`wholeMobile`), of this one party and audited; others see ' +
    'its last four digits.',
  access: 'read-number-changes',
  params,
  answers: {
    status: 200,
    description: 'How far it is',
    schema: z.object({ ...numberChangeSchema.shape, wholeMobile: z.string().optional() }),
  },
  problems: ['NUMBER_CHANGE_UNKNOWN'],
  handle: async (call) => {
    const { deps, actor } = call;
    const change = await asked(call);
    const view = await numberChangeView(deps, change);
    const wholeMobile = may(actor, 'approve-number') ? await wholeNumber(deps, change) : undefined;
    const { id, caseNumber, party } = change;
    const whole = wholeMobile !== undefined;
    await auditRead(deps, actor, caseNumber, 'read-number-change', { change: id, party, whole });
    return { json: { ...view, ...(whole ? { wholeMobile } : {}) } };
  },
});

const approval = route({
  method: 'post',
  path: '/number-changes/{id}/approve',
  tag: TAG,
  summary: "Approve another person's proposal",
  description:
    'The new number gets a message with a code; everything else still goes to the old one. A number that was corrected ' +
    'without a second person can be approved afterwards: then what failed may be sent to it again.',
  access: 'approve-number',
  params,
  body: z.object({}),
  answers: { status: 200, description: 'It waits for the code', schema: numberChangeSchema },
  problems: ['NUMBER_CHANGE_UNKNOWN', 'SECOND_PERSON_REQUIRED', 'NUMBER_CHANGE_DECIDED'],
  handle: async (call) => {
    await approve(call.deps, call.actor, await asked(call));
    return { json: await numberChangeView(call.deps, await asked(call)) };
  },
});

const confirmation = route({
  method: 'post',
  path: '/number-changes/{id}/confirm',
  tag: TAG,
  summary: 'Enter the code that the party reads out',
  description: 'Five tries; then the number must be proposed again.',
  access: 'handle-reminders',
  params,
  body: z.object({ code: z.string().max(20).meta({ example: '012345' }) }).meta({ id: 'ConfirmationCode' }),
  answers: {
    status: 200,
    description: 'It is the party’s number now; `sentAgain` notices are on their way to it',
    schema: z.object({ ...numberChangeSchema.shape, sentAgain: z.number() }),
  },
  problems: [
    'NUMBER_CHANGE_UNKNOWN',
    'NUMBER_CHANGE_DECIDED',
    'CODE_WRONG',
    'CODE_TRIES_EXHAUSTED',
    'NUMBER_NOT_SEPARATE',
  ],
  handle: async (call) => {
    const sentAgain = await confirm(call.deps, call.actor, await asked(call), call.body.code);
    return { json: { ...(await numberChangeView(call.deps, await asked(call))), sentAgain } };
  },
});

const refusal = route({
  method: 'post',
  path: '/number-changes/{id}/refuse',
  tag: TAG,
  summary: 'Drop a changed number: the party keeps the old one',
  access: 'refuse-number',
  params,
  body: z.object({}),
  answers: { status: 200, description: 'Refused', schema: numberChangeSchema },
  problems: ['NUMBER_CHANGE_UNKNOWN', 'NUMBER_CHANGE_DECIDED'],
  handle: async (call) => {
    await refuse(call.deps, call.actor, await asked(call));
    return { json: await numberChangeView(call.deps, await asked(call)) };
  },
});

function asked({ deps, actor, params: { id } }: Call<z.output<typeof params>, unknown, unknown>) {
  return getNumberChange(deps, actor, id);
}

export const numberChangeRoutes: readonly Route[] = [list, read, approval, confirmation, refusal];
