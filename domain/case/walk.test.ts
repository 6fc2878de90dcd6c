import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compactYear, isRestDay, type WorkCalendar } from '../clock/calendar.ts';
import { addDays, plainDate } from '../plain-date.ts';
import { awaitsArchive, isOpen } from '../procedure.ts';
import { DISTRICT_POLICY } from '../reminders/district-policy.fixture.ts';
import { NOTICE_KINDS, type NoticeKind } from '../reminders/kinds.ts';
import type { ReminderPolicy } from '../reminders/policy.ts';
import { dateAt, type EpochMs, timeAt } from '../zoned-time.ts';
import { draft } from './case.fixture.ts';
import { appointmentChanged } from './appointment-changed.ts';
import { catchUp } from './catch-up.ts';
import { decide } from './decide.ts';
import { calendarPublished } from './events.ts';
import { nextWake, takeDueNotices } from './next-wake.ts';
import { isOutdated } from './outdated.ts';
import { keysOf, planDifference } from './plan-change.ts';
import { type CaseState, hasLeft, type PendingNotice } from './state.ts';
import type { Step } from './step.ts';
import type { Act } from './vocabulary.ts';
import { actOf, anyCalendar, anyMove, type Move, timeAfter } from './test-support/walk.ts';

const SEED = { seed: 20261123, numRuns: 300 };
const HOUR = 3_600_000;

/** One turn of a walk: what happened between two states of the case. */
interface Turn {
  readonly before: CaseState;
  readonly after: CaseState;
  readonly steps: readonly Step[];
  readonly sent: readonly PendingNotice[];
  readonly now: EpochMs;
}

/** Runs a life as the workflow would: every change followed by handing over what is due. */
function walk(moves: readonly Move[], first: WorkCalendar, policy?: ReminderPolicy): Turn[] {
  let state = draft(policy ? { policy } : {});
  let now = state.openedAt;
  let calendar = first;
  const turns: Turn[] = [];
  for (const move of moves) {
    const changed = play(state, move);
    if (!changed) continue;
    const { state: after, due } = takeDueNotices(changed.state, now);
    turns.push({ before: state, after, steps: changed.steps, sent: due, now });
    state = after;
  }
  return turns;

  function play(current: CaseState, move: Move): { state: CaseState; steps: readonly Step[] } | undefined {
    if (move.kind === 'act') {
      const decision = decide(current, actOf(current, move, calendar), now);
      return decision.ok ? decision : undefined;
    }
    if (move.kind === 'calendar') {
      calendar = move.calendar;
      const told = calendarPublished(current, calendar, now);
      const caught = catchUp(told.state, now);
      return { state: caught.state, steps: [...told.steps, ...caught.steps] };
    }
    if (move.kind === 'visit') {
      const { id, booked, ahead } = move;
      // A whole hour, so that a visit may well be moved back to where it was.
      const startsAt = Math.ceil(now / HOUR) * HOUR + ahead;
      const fact = { id, service: 'counselling', state: booked ? 'booked' : 'cancelled', startsAt } as const;
      const heard = appointmentChanged(current, fact, now);
      return heard && { state: heard.state, steps: [heard.step] };
    }
    now = timeAfter(current, move, now);
    return catchUp(current, now);
  }
}

/** The road to acceptance is narrow: most walks begin on it, so that most of them get beyond. */
const acts = (...names: readonly Act[]): Move[] =>
  names.map((act) => ({ kind: 'act', act, venue: true, both: true }));
const accepting = acts('submit', 'pass', 'accept');
/** Checked in an hour before closing on the last day of the window, and the night after it. */
const lastEvening: readonly Move[] = [
  { kind: 'to', which: 2, offsetMs: -3_600_000 },
  { kind: 'act', act: 'check-in', venue: true, both: true },
  { kind: 'wait', ms: 12 * 3_600_000 },
];
/** Every day becomes a working day, so that dates can only move earlier; a person deals with those that do. */
const earlierDates: readonly Move[] = [
  {
    kind: 'calendar',
    calendar: { version: 'no rest', years: [2026, 2027].map((year) => workedThrough(year)) },
  },
  ...acts('settle'),
];
const STARTS = {
  draft: [],
  returned: acts('submit', 'return'),
  accepted: accepting,
  'last evening': [...accepting, ...lastEvening],
  'earlier dates': [...accepting, ...earlierDates],
} satisfies Record<string, readonly Move[]>;
type Start = keyof typeof STARTS;
const anyLife = fc
  .record({
    calendar: anyCalendar,
    days: fc.integer({ min: 0, max: 29 }),
    moves: fc.array(anyMove, { maxLength: 30 }),
    start: fc.constantFrom<Start[]>(
      'draft',
      'returned',
      'accepted',
      'accepted',
      'accepted',
      'last evening',
      'earlier dates',
    ),
  })
  .map(({ calendar, days, moves, start }) => {
    const wait: Move = { kind: 'wait', ms: days * 86_400_000 };
    return { calendar, moves: [...(start === 'draft' ? [] : [wait]), ...STARTS[start], ...moves] };
  });

/** None as in release 0.1, or the district's. */
const anyPolicy = fc.constantFrom(undefined, DISTRICT_POLICY);
/** Told after the archive, or by the desk that changes a number. */
const NOT_OF_A_WALK: readonly NoticeKind[] = ['archive-copy', 'rating-invitation', 'number-confirmation'];

const overLives = (check: (turns: readonly Turn[]) => void) =>
  fc.assert(
    fc.property(anyLife, anyPolicy, ({ calendar, moves }, policy) => check(walk(moves, calendar, policy))),
    SEED,
  );
const stepsOf = (turns: readonly Turn[], kind: string) =>
  turns.flatMap((turn) => turn.steps.filter((step) => step.kind === kind).map((step) => ({ ...turn, step })));

describe('over random lives', () => {
  it('the walks do reach what the properties are about', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anyLife, ({ calendar, moves }) => {
        for (const { steps, sent } of walk(moves, calendar, DISTRICT_POLICY)) {
          steps.forEach(({ kind }) => met.add(kind));
          sent.forEach(({ kind }) => met.add(`sent ${kind}`));
        }
      }),
      SEED,
    );
    for (const kind of [
      ...['register', 'withdraw', 'window-over', 'lapse', 'expire', 'attention-raised', 'attention-cleared'],
      ...['check-in', 'calendar-published', 'appointment-changed', 'settle'],
      ...NOTICE_KINDS.filter((kind) => !NOT_OF_A_WALK.includes(kind)).map((kind) => `sent ${kind}`),
    ])
      expect(met).toContain(kind);
  });

  it('nobody is registered too early, too late, on a rest day, elsewhere or alone', () => {
    overLives((turns) => {
      for (const { after, now } of stepsOf(turns, 'register')) {
        const today = dateAt(now);
        const { clock, calendar } = after;
        if (!clock || !calendar) throw new Error('registered without a clock');
        expect(today > clock.coolingOffLastDay && today <= clock.claimLastDay).toBe(true);
        expect(isRestDay(calendar, today)).toBe(false);
        expect(clock.provisionalDates).not.toContain('coolingOffLastDay');
        const closed = today === clock.claimLastDay && timeAt(now) >= after.closes;
        const { checkedInAt } = after;
        expect(!closed || (checkedInAt !== undefined && dateAt(checkedInAt) === today)).toBe(true);
      }
    });
  });

  it('nothing ends on a provisional date, nor inside the window', () => {
    overLives((turns) => {
      for (const kind of ['window-over', 'expire', 'cooling-off-over']) {
        for (const { after, now } of stepsOf(turns, kind)) {
          const last = kind === 'cooling-off-over' ? 'coolingOffLastDay' : 'claimLastDay';
          expect(after.clock?.provisionalDates).not.toContain(last);
          expect(dateAt(now) > (after.clock?.[last] ?? '')).toBe(true);
        }
      }
      for (const { before, after, now } of stepsOf(turns, 'withdraw')) {
        const clock = before.clock;
        const sure = clock && !clock.provisionalDates.includes('coolingOffLastDay');
        expect(!sure || dateAt(now) <= clock.coolingOffLastDay).toBe(true);
        expect(after.outcome).toBe('withdrawn');
      }
    });
  });

  it('steps count up one by one and the stage follows them', () => {
    overLives((turns) => {
      for (const { before, after, steps } of turns) {
        expect(steps.map(({ seq }) => seq)).toEqual(steps.map((_, index) => before.seq + index + 1));
        expect(after.seq).toBe(before.seq + steps.length);
        expect(after.stage).toBe(steps.at(-1)?.to ?? before.stage);
        expect(after.deadlineVersion).toBeGreaterThanOrEqual(before.deadlineVersion);
      }
    });
  });

  it('an open accepted case has a next wake-up or stands before a person', () => {
    overLives((turns) => {
      for (const { after, now } of turns) {
        if (!isOpen(after.stage) || !after.clock || after.attention.length > 0) continue;
        const wake = nextWake(after);
        expect(wake).toBeDefined();
        expect(wake && wake.at > now).toBe(true);
      }
    });
  });

  it('a planned notice is sent, still planned, renewed under a new version, or overtaken by an act', () => {
    overLives((turns) => {
      for (const { before, after, steps, sent, now } of turns) {
        const known = (lost: PendingNotice) =>
          [...after.planned, ...sent].some(
            ({ kind, offsetDays, deadlineVersion }) =>
              kind === lost.kind &&
              (offsetDays === lost.offsetDays || deadlineVersion > lost.deadlineVersion),
          );
        const overtaken = steps.some(
          ({ kind, to }) =>
            awaitsArchive(to) ||
            to === 'lapsed' ||
            to === 'refused' ||
            kind === 'submit' ||
            kind === 'accept' ||
            kind === 'reject' ||
            kind === 'appointment-changed',
        );
        // A reminder whose day went by while nothing ran is put on record by the step that ends its period.
        const missed = steps.map(({ detail }) => detail['missed']);
        const lost = before.planned.filter(
          (each) =>
            !hasLeft(each, now) &&
            !known(each) &&
            !missed.includes(each.kind) &&
            !isOutdated(each, sent, now),
        );
        if (overtaken || lost.length === 0) continue;
        // Dates have moved so far that what the notice speaks of is over already.
        expect(steps.map(({ kind }) => kind)).toContain('calendar-published');
        expect(lost.filter(({ kind }) => kind === 'window-open' && after.stage === 'confirmation')).toEqual(
          [],
        );
        expect(
          lost.filter(
            ({ kind }) => kind === 'window-closing' && isOpen(after.stage) && after.attention.length === 0,
          ),
        ).toEqual([]);
      }
    });
  });

  it('the plan on record follows: what is due is ordered once, and nothing lost or taken back that has left', () => {
    overLives((turns) => {
      const record = new Map<string, { state: 'planned' | 'ordered' | 'cancelled'; dueAt: number }>();
      let known: readonly PendingNotice[] = [];
      for (const { after, steps, sent, now } of turns) {
        const { add, cancel, reason } = planDifference(known, after, sent, steps, now);
        const each = (notices: readonly PendingNotice[], told: (key: string, dueAt: number) => void) => {
          notices.forEach((notice) =>
            keysOf('GM01-2026-000001', notice).forEach((key) => told(key, notice.dueAt)),
          );
        };
        each(sent, (key, dueAt) => {
          expect([undefined, 'planned']).toContain(record.get(key)?.state);
          record.set(key, { state: 'ordered', dueAt });
        });
        each(add, (key, dueAt) => {
          expect(record.get(key)).toBeUndefined();
          record.set(key, { state: 'planned', dueAt });
        });
        for (const key of cancel) {
          const row = record.get(key);
          expect(row && (row.state === 'planned' || (row.state === 'ordered' && row.dueAt > now))).toBe(true);
          record.set(key, { state: 'cancelled', dueAt: row?.dueAt ?? 0 });
        }
        expect(reason === undefined).toBe(cancel.length === 0);
        const waiting = after.planned.filter(({ ordered }) => !ordered);
        const keys = waiting.flatMap((notice) => keysOf('GM01-2026-000001', notice));
        expect(
          [...record]
            .filter(([, { state }]) => state === 'planned')
            .map(([key]) => key)
            .sort(),
        ).toEqual(keys.sort());
        known = after.planned;
      }
    });
  });

  it('survives being handed on as JSON and decides the same afterwards', () => {
    overLives((turns) => {
      for (const { after, now } of turns) {
        const carried = JSON.parse(JSON.stringify(after)) as CaseState;
        expect(carried).toEqual(after);
        expect(Object.values(after)).not.toContain(undefined);
        for (const act of ['withdraw', 'register', 'accept', 'expire'] as const) {
          const input = actOf(
            after,
            { kind: 'act', act, venue: true, both: true },
            after.calendar ?? NO_CALENDAR,
          );
          expect(decide(carried, input, now)).toEqual(decide(after, input, now));
        }
        expect(nextWake(carried)).toEqual(nextWake(after));
      }
    });
  });
});

const NO_CALENDAR: WorkCalendar = {
  version: 'none',
  years: [2026, 2027, 2028, 2029].map((year) => ({ year, published: true, off: [], makeUp: [] })),
};

function workedThrough(year: number): WorkCalendar['years'][number] {
  const days = Array.from({ length: 365 }, (_, day) => addDays(plainDate(`${year}-01-01`), day));
  return compactYear(year, true, [], days);
}
