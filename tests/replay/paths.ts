import { randomUUID } from 'node:crypto';
import { isRestDay, withYear, yearCalendar } from '../../domain/clock/calendar.ts';
import type { CounsellingAct } from '../../domain/counselling/counselling.ts';
import { addDays, yearOf } from '../../domain/plain-date.ts';
import { DISTRICT_POLICY } from '../../domain/reminders/district-policy.fixture.ts';
import type { ReminderPolicy } from '../../domain/reminders/policy.ts';
import { dateAt, instantAt } from '../../domain/zoned-time.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { seededVenues } from '../../prisma/venues.ts';
import { TASK_QUEUE } from '../../temporal/names.ts';
import { fastForward } from '../../temporal/rehearsal.ts';
import { resumeCase } from '../../temporal/resume-case.ts';
import type { CaseDriver } from '../support/cases/case-driver.ts';
import type { OpenOptions } from '../support/cases/case-driver.ts';
import type { District } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import {
  BOTH,
  checksEnded,
  FINAL_VISIT,
  untilAccepted,
  untilChecked,
  untilReady,
  untilWindow,
} from '../support/cases/path.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a path opens its case with otherwise; `policy: undefined` opens it without one. */
type OpenChanges = Omit<OpenOptions, 'policy'> & { readonly policy?: ReminderPolicy | undefined };

export interface PathSpec {
  readonly open?: (district: District) => OpenChanges;
  readonly live: (theCase: CaseDriver) => Promise<unknown>;
  /** Workflows beside the case's own, by a name for the file. */
  readonly beside?: (theCase: CaseDriver) => Readonly<Record<string, string>>;
}

/** Cases are opened with the policy of a district, unless a path says otherwise. */
export function openingOf(spec: PathSpec, district: District): OpenOptions {
  const { policy, ...changes } = { policy: DISTRICT_POLICY, ...spec.open?.(district) };
  return policy ? { ...changes, policy } : changes;
}

/** Every path of the procedure, each lived on the real engine by `record.ts`. */
export const PATHS = {
  registered: {
    live: async (c) => {
      await untilWindow(c);
      await c.act('review', { separatelyQuestioned: true, agreementFinal: true });
      await c.act('register', FINAL_VISIT);
    },
  },
  'registered-after-refusal': {
    live: async (c) => {
      const clock = await untilWindow(c);
      await c.act('refuse-registration', { reason: 'NOT_VOLUNTARY' });
      let day = addDays(clock.claimFirstWorkingDay, 1);
      while (isRestDay(c.district.calendar, day)) day = addDays(day, 1);
      await c.to(day, '10:00');
      await c.act('register', FINAL_VISIT);
    },
  },
  'registered-after-closing': {
    live: async (c) => {
      const clock = await untilWindow(c);
      await c.to(clock.claimLastDay, '17:40');
      await c.act('check-in', { presentParties: BOTH });
      await c.to(clock.claimLastDay, '18:30');
      await c.act('register', FINAL_VISIT);
    },
  },
  'accepted-at-home': {
    open: () => ({ changes: { channel: 'phone' } }),
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c, { place: 'home' });
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.act('withdraw', { party: 'b' });
    },
  },
  'withdrawn-at-night': {
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c);
      await c.to(addDays(receivedOn, 2), '21:00');
      await c.act('withdraw', { party: 'a' });
      await c.to(addDays(receivedOn, 3), '09:00');
    },
  },
  'withdrawn-under-safety': {
    open: () => ({ changes: { a: { safety: true } } }),
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c);
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.act('withdraw', { party: 'a' });
    },
  },
  'deemed-withdrawn': {
    live: async (c) => {
      const clock = await untilAccepted(c);
      await c.to(addDays(clock.claimLastDay, 1), '09:00');
    },
  },
  'deemed-withdrawn-by-supervisor': {
    live: async (c) => {
      const clock = await untilWindow(c);
      await c.to(clock.claimLastDay, '17:00');
      await c.act('check-in', { presentParties: BOTH });
      await c.to(addDays(clock.claimLastDay, 1), '10:00');
      await c.act('expire', {});
    },
  },
  'draft-lapsed': { live: async (c) => c.toInstant((await c.now()) + 31 * DAY) },
  'correction-lapsed': {
    live: async (c) => {
      await untilChecked(c);
      await c.act('return', { missing: ['agreement'], checkedRound: 1 });
      await c.toInstant((await c.now()) + 31 * DAY);
    },
  },
  'ready-lapsed': {
    live: async (c) => {
      await untilReady(c);
      await c.toInstant((await c.now()) + 61 * DAY);
    },
  },
  'corrected-then-rejected': {
    live: async (c) => {
      await untilChecked(c);
      await c.act('return', { missing: ['agreement'], checkedRound: 1 });
      await c.act('correct', { fields: ['address'] });
      await c.act('submit', {});
      await checksEnded(c, 2);
      await c.act('reject', { reason: 'NO_CAPACITY', checkedRound: 2 });
    },
  },
  'refused-acceptance': {
    live: async (c) => {
      await untilReady(c);
      await c.act('refuse-acceptance', { reason: 'NO_AGREEMENT' });
    },
  },
  'two-acts-at-once': {
    live: async (c) => {
      await untilAccepted(c);
      await c.toInstant((await c.now()) + 2 * DAY);
      const acts = [c.act('withdraw', { party: 'a' }), c.act('withdraw', { party: 'b' })];
      await Promise.allSettled(acts);
    },
  },
  counselling: {
    live: async (c) => {
      await refer(c);
      await counsel(c, { act: 'assign', counsellor: 'counsellor-3' });
      await counsel(c, { act: 'appoint', appointmentAt: Date.now() + 2 * DAY });
      await counsel(c, { act: 'finish', outcome: 'attended' });
      await finished(c);
      await c.toInstant((await c.now()) + 31 * DAY);
    },
    beside: counsellingOf,
  },
  'counselling-unanswered': {
    live: async (c) => {
      await refer(c);
      await fastForward(c.district.client, counsellingOf(c)['counselling'] ?? '', { byMs: 73 * HOUR });
      await counsel(c, { act: 'decline' });
      await finished(c);
      await c.toInstant((await c.now()) + 31 * DAY);
    },
    beside: counsellingOf,
  },
  'counselling-of-a-real-case': {
    // Outside the rehearsal counselling is a child workflow; this case stays open.
    open: () => ({ realm: 'live' }),
    live: async (c) => {
      await refer(c);
      await counsel(c, { act: 'assign', counsellor: 'counsellor-3' });
      await counsel(c, { act: 'finish', outcome: 'referred-on' });
      await finished(c);
    },
    beside: counsellingOf,
  },
  imported: {
    open: ({ calendar }) => ({
      imported: { receivedOn: addDays(dateAt(Date.now()), -35), calendar },
      changes: { channel: 'counter' },
    }),
    live: async (c) => {
      const row = await eventually(async () => {
        const found = await c.row();
        if (!found.claimLastDay) throw new Error('not joined yet');
        return found;
      });
      await c.to(addDays(row.claimLastDay as never, 1), '09:00');
    },
  },
  'calendar-not-published': {
    live: async (c) => {
      const { calendar } = c.district;
      const years = calendar.years.map((year) => ({ ...year, published: false }));
      const clock = await untilAccepted(c, { calendar: { ...calendar, years } });
      await c.to(clock.claimFirstWorkingDay, '10:00');
      await c.district.engine.publishCalendar(c.ref, calendar);
      await eventually(async () => {
        await c.act('register', FINAL_VISIT);
      });
    },
  },
  'calendar-without-sense': {
    live: async (c) => {
      await untilAccepted(c);
      await c.district.engine.publishCalendar(c.ref, { version: 'empty', years: [] });
      await c.toInstant((await c.now()) + DAY);
      await c.act('withdraw', { party: 'a' });
    },
  },
  'without-a-policy': {
    // As release 0.1 opened its cases; the policy of the day comes with the acceptance.
    open: () => ({ policy: undefined }),
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c, { policy: DISTRICT_POLICY });
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.act('withdraw', { party: 'a' });
    },
  },
  'draft-reminded': {
    live: async (c) => {
      await c.toInstant((await c.now()) + 28 * DAY);
      await c.act('correct', { fields: ['parties.a.email'], mailable: ['a', 'b'], safety: ['b'] });
      await c.toInstant((await c.now()) + 3 * DAY);
    },
  },
  'visit-moved': {
    live: async (c) => {
      await refer(c);
      await counsel(c, { act: 'assign', counsellor: 'counsellor-3' });
      const day = addDays(dateAt(await c.now()), 4);
      await counsel(c, { act: 'appoint', appointmentAt: instantAt(day, '15:00') });
      await heard(c, 'appointment-changed');
      await c.to(addDays(day, -1), '17:30');
      await counsel(c, { act: 'appoint', appointmentAt: instantAt(day, '17:00') });
      await heard(c, 'appointment-changed', 2);
      await c.to(day, '15:30');
      await counsel(c, { act: 'decline' });
      await finished(c);
      await c.toInstant((await c.now()) + 31 * DAY);
    },
    beside: counsellingOf,
  },
  settled: {
    live: async (c) => {
      await untilAccepted(c);
      await c.district.client.workflow.getHandle(c.workflowId).signal('appointmentChanged', { id: 'v1' });
      await heard(c, 'attention-raised');
      await c.act('settle', { code: 'BAD_SIGNAL' });
      await c.toInstant((await c.now()) + DAY);
      await c.act('withdraw', { party: 'b' });
    },
  },
  reconciled: {
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c);
      await c.reconcile();
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.reconcile();
      await c.act('withdraw', { party: 'a' });
    },
  },
  'recomputed-twice': {
    live: async (c) => {
      const { coolingOffLastDay: day, receivedOn } = await untilAccepted(c);
      const year = yearCalendar(c.district.calendar, yearOf(day));
      const off = [...new Set([...year.off, day.slice(5)])].sort();
      const makeUp = year.makeUp.filter((each) => each !== day.slice(5));
      const calendar = withYear(c.district.calendar, { ...year, off, makeUp }, 'recomputed');
      const fact = { calendar, recomputationId: 'recompute-of-a-test' };
      const handle = c.district.client.workflow.getHandle(c.workflowId);
      await handle.signal('calendarPublished', fact);
      await heard(c, 'calendar-published');
      await handle.signal('calendarPublished', fact);
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.act('withdraw', { party: 'a' });
    },
  },
  resumed: {
    live: async (c) => {
      const { receivedOn } = await untilAccepted(c);
      await resume(c);
      await c.to(addDays(receivedOn, 2), '10:00');
      await c.act('withdraw', { party: 'a' });
    },
  },
} as const satisfies Record<string, PathSpec>;
export type PathName = keyof typeof PATHS;

function counsellingOf(c: CaseDriver): Record<string, string> {
  return { counselling: `counselling-${c.caseNumber}-1` };
}

async function refer(c: CaseDriver): Promise<void> {
  await c.act('refer-counselling', {
    counsellingId: `${c.caseNumber}-1`,
    party: 'a',
    topic: 'family',
    immediate: false,
  });
  await eventually(() => c.district.db.counselling.findUniqueOrThrow({ where: { id: `${c.caseNumber}-1` } }));
}

async function counsel(c: CaseDriver, act: object): Promise<void> {
  const full = { actId: randomUUID(), actor: 'counsellor-3', role: 'counsellor', ...act } as CounsellingAct;
  await c.district.engine.counsel(c.ref, `${c.caseNumber}-1`, full);
}

async function finished(c: CaseDriver): Promise<void> {
  await eventually(async () => {
    if (!(await c.story()).includes('counselling-finished')) throw new Error('not finished yet');
  });
}

/** Waits until the case has heard of something so many times. */
async function heard(c: CaseDriver, kind: string, times = 1): Promise<void> {
  await eventually(async () => {
    if ((await c.story()).filter((each) => each === kind).length < times) throw new Error(`no ${kind} yet`);
  });
}

/** The engine loses the workflow; it is started again from what the record kept, as a reconciliation does. */
async function resume(c: CaseDriver): Promise<void> {
  const { client, calendar } = c.district;
  const { resumeState } = await c.row();
  await client.workflow.getHandle(c.workflowId).terminate('lost, for a path of the replay');
  const carried = { ...(resumeState as object), calendar, policy: DISTRICT_POLICY } as unknown as CaseState;
  const { venueId, channel } = c.application;
  const street = seededVenues().find(({ id }) => id === venueId)?.street ?? '';
  const start = { carried, resumed: { runId: 'run-of-a-test' } };
  await resumeCase(client, {
    workflowId: c.workflowId,
    taskQueue: TASK_QUEUE,
    start,
    venueId,
    street,
    channel,
  });
  await heard(c, 'resumed');
}
