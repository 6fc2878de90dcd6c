import fc from 'fast-check';
import { compactYear, type WorkCalendar } from '../../clock/calendar.ts';
import { addDays, plainDate } from '../../plain-date.ts';
import { type EpochMs, instantAt } from '../../zoned-time.ts';
import { inputOf } from '../case.fixture.ts';
import type { ActInput } from '../act-input.ts';
import type { CaseState } from '../state.ts';
import { ACTS, type Act, SETTLED_BY_PERSON } from '../vocabulary.ts';

/** A random life: acts, time passing, calendars published. Whether an act is lawful then is for the rules to say. */
export type Move =
  | { readonly kind: 'act'; readonly act: Act; readonly venue: boolean; readonly both: boolean }
  | { readonly kind: 'wait'; readonly ms: number }
  /** To just before or after a date of the clock, or of its plan. */
  | { readonly kind: 'to'; readonly which: number; readonly offsetMs: number }
  | { readonly kind: 'calendar'; readonly calendar: WorkCalendar }
  | { readonly kind: 'visit'; readonly id: string; readonly ahead: number; readonly booked: boolean };

const YEARS = [2026, 2027];
const HOUR = 3_600_000;

const dayOf = (year: number) =>
  fc.integer({ min: 0, max: 364 }).map((day) => addDays(plainDate(`${year}-01-01`), day));

const anyYear = (year: number, published: fc.Arbitrary<boolean>) =>
  fc
    .record({
      off: fc.array(dayOf(year), { maxLength: 50 }),
      worked: fc.array(dayOf(year), { maxLength: 20 }),
      published,
    })
    .map(({ off, worked, published: out }) => compactYear(year, out, off, worked));

/** Any calendar, also unlikely ones; the second year may not be published yet. */
export const anyCalendar: fc.Arbitrary<WorkCalendar> = fc
  .record({
    years: fc.tuple(...YEARS.map((year) => anyYear(year, year === 2026 ? fc.constant(true) : fc.boolean()))),
    version: fc.uuid(),
  })
  .map(({ years, version }) => ({ version, years }));

export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      act: fc.constantFrom(...ACTS),
      venue: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      both: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 0, max: 40 * 24 * HOUR }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('to' as const),
      which: fc.nat(),
      offsetMs: fc.integer({ min: -12 * HOUR, max: 36 * HOUR }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('calendar' as const), calendar: anyCalendar }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('visit' as const),
      id: fc.constantFrom('v1', 'v2'),
      // Often the same hour again.
      ahead: fc.constantFrom(1, 3 * HOUR, 50 * HOUR, 50 * HOUR, 20 * 24 * HOUR),
      booked: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    }),
  },
);

/** The act of a move as this case would meet it. */
export function actOf(state: CaseState, move: Move & { kind: 'act' }, calendar: WorkCalendar): ActInput {
  const presentParties = move.both ? (['a', 'b'] as const) : (['a'] as const);
  const venueId = move.venue ? (state.acceptingVenueId ?? state.venueId) : 'gm-xinhu';
  const shared = { venueId, presentParties, actId: `act-${state.seq}`, checkedRound: state.preCheckRound };
  const counsellingId = `c-${state.seq}`;
  const codes = state.attention.map((each) => each.code);
  const code = SETTLED_BY_PERSON.find((each) => codes.includes(each)) ?? 'BAD_SIGNAL';
  return inputOf(move.act, { ...shared, calendar, counsellingId, code });
}

/** The instant a `wait` or `to` leads to; time never runs back. */
export function timeAfter(state: CaseState, move: Move & { kind: 'wait' | 'to' }, now: EpochMs): EpochMs {
  if (move.kind === 'wait') return now + move.ms;
  const { clock } = state;
  const dates = clock ? [clock.coolingOffLastDay, clock.claimFirstWorkingDay, clock.claimLastDay] : [];
  const instants = [
    ...dates.map((date) => instantAt(date, '18:00')),
    ...state.planned.map(({ dueAt }) => dueAt),
  ];
  const target = instants[move.which % Math.max(1, instants.length)] ?? now;
  return Math.max(now, target + move.offsetMs);
}
