import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import type { ActInput } from './act-input.ts';
import { accepted, at, done, draft, inputOf, ready, sceneAt } from './case.fixture.ts';
import { raiseAttention } from './attention.ts';
import { catchUp } from './catch-up.ts';
import { decide } from './decide.ts';
import { type Refusal, REFUSALS } from './refusals.ts';
import type { CaseState } from './state.ts';
import { LOCALES } from './vocabulary.ts';

/** Cooling-off to 2026-11-30, claim 2026-12-01 to 2026-12-30. */
const running = accepted();
const open = sceneAt('confirmation').state;
const puzzled = raiseAttention(open, 'BAD_SIGNAL', at('2026-12-01'))?.state ?? open;
/** Cooling-off to 2026-12-23; the last claim day, 2027-01-22, rests on an unpublished calendar. */
const openProvisional = catchUp(
  done(
    done(
      done({ ...draft(), lapsesAt: at('2027-01-01') }, 'submit', at('2026-11-20')),
      'pass',
      at('2026-11-20'),
    ),
    'accept',
    at('2026-11-23'),
  ),
  at('2026-12-24'),
).state;
/** The end of the cooling-off itself, 2027-01-04, is provisional. */
const unsettled = done(ready(), 'accept', at('2026-12-02'));
const checkedIn = (time: string) => done(open, 'check-in', at('2026-12-30', time));

interface Trial {
  readonly when: string;
  readonly state: CaseState;
  readonly input: ActInput;
  readonly now: number;
  /** Undefined: it is done. */
  readonly code: Refusal | undefined;
}
const t = (
  when: string,
  code: Refusal | undefined,
  state: CaseState,
  input: ActInput,
  date: string,
  time = '10:00',
): Trial => ({ when, state, input, now: at(date, time), code });

const both = { separatelyQuestioned: true, agreementFinal: true } as const;

const TRIALS: readonly Trial[] = [
  t('not in the procedure here', 'ACT_NOT_ALLOWED', draft(), inputOf('accept'), '2026-10-28'),
  t('another role', 'ROLE_NOT_ALLOWED', draft(), inputOf('submit', { role: 'auditor' }), '2026-10-28'),
  // The automatic checks.
  ...(['pass', 'return', 'reject'] as const).flatMap((act) => [
    t(
      `${act} before the checks are done`,
      'PRE_CHECK_RUNNING',
      sceneAt('pre-check').state,
      inputOf(act, { checkedRound: 0 }),
      '2026-10-28',
    ),
    t(`${act} afterwards`, undefined, sceneAt('pre-check').state, inputOf(act), '2026-10-28'),
  ]),
  t(
    'the second round is not the first',
    'PRE_CHECK_RUNNING',
    done(sceneAt('correction').state, 'submit', at('2026-10-29')),
    inputOf('pass', { checkedRound: 1 }),
    '2026-10-29',
  ),
  // Presence.
  ...([[], ['a'], ['b'], ['a', 'a']] as const).flatMap((presentParties) => [
    t(
      `accept with [${presentParties.join()}]`,
      'NOT_BOTH_PRESENT',
      ready(),
      inputOf('accept', { presentParties }),
      '2026-10-30',
    ),
    t(
      `check in with [${presentParties.join()}]`,
      'NOT_BOTH_PRESENT',
      open,
      inputOf('check-in', { presentParties }),
      '2026-12-02',
    ),
    t(
      `register with [${presentParties.join()}]`,
      'NOT_BOTH_PRESENT',
      open,
      inputOf('register', { presentParties }),
      '2026-12-02',
    ),
  ]),
  t(
    'in the other order',
    undefined,
    ready(),
    inputOf('accept', { presentParties: ['b', 'a'] }),
    '2026-10-30',
  ),
  // Days of acceptance.
  t('accept on a Saturday', 'NOT_WORKING_DAY', ready(), inputOf('accept'), '2026-10-31'),
  t(
    'accept as of a Sunday',
    'NOT_WORKING_DAY',
    ready(),
    inputOf('accept', { receivedOn: plainDate('2026-11-01') }),
    '2026-11-02',
  ),
  t(
    'accept at home on a Saturday',
    'NOT_WORKING_DAY',
    ready(),
    inputOf('accept', { place: 'home' }),
    '2026-10-31',
  ),
  t(
    'received tomorrow',
    'RECEIVED_ON_INVALID',
    ready(),
    inputOf('accept', { receivedOn: plainDate('2026-10-30') }),
    '2026-10-29',
  ),
  t(
    'received before the case was opened',
    'RECEIVED_ON_INVALID',
    ready(),
    inputOf('accept', { receivedOn: plainDate('2026-10-27') }),
    '2026-10-29',
  ),
  t(
    'received on the day of opening',
    undefined,
    ready(),
    inputOf('accept', { receivedOn: plainDate('2026-10-28') }),
    '2026-10-29',
  ),
  // Withdrawal.
  t(
    'withdraw elsewhere',
    'WRONG_OFFICE',
    running,
    inputOf('withdraw', { venueId: 'gm-xinhu' }),
    '2026-11-10',
  ),
  t(
    'withdraw late in the evening of an earlier day',
    undefined,
    running,
    inputOf('withdraw'),
    '2026-11-29',
    '23:59',
  ),
  t(
    'withdraw a minute before closing on the last day',
    undefined,
    running,
    inputOf('withdraw'),
    '2026-11-30',
    '17:59',
  ),
  t(
    'withdraw at closing on the last day',
    'AFTER_CLOSING',
    running,
    inputOf('withdraw'),
    '2026-11-30',
    '18:00',
  ),
  t(
    'withdraw at the end of the last day',
    'AFTER_CLOSING',
    running,
    inputOf('withdraw'),
    '2026-11-30',
    '23:59',
  ),
  t('withdraw the day after', 'COOLING_OFF_OVER', running, inputOf('withdraw'), '2026-12-01', '00:00'),
  t(
    'withdraw by the other party',
    undefined,
    running,
    inputOf('withdraw', { party: 'b' }),
    '2026-11-30',
    '09:00',
  ),
  t(
    'withdraw after closing of a last day that may move',
    undefined,
    unsettled,
    inputOf('withdraw'),
    '2027-01-04',
    '19:00',
  ),
  t('withdraw while the end is still unknown', undefined, unsettled, inputOf('withdraw'), '2027-01-20'),
  // The first days of the window.
  t(
    'register on the last cooling-off day',
    'WITHIN_COOLING_OFF',
    running,
    inputOf('register'),
    '2026-11-30',
    '10:00',
  ),
  t(
    'register in the last minute of it',
    'WITHIN_COOLING_OFF',
    running,
    inputOf('register'),
    '2026-11-30',
    '23:59',
  ),
  t('register on the first claim day', undefined, running, inputOf('register'), '2026-12-01', '09:00'),
  t('first claim day on a Sunday', 'NOT_WORKING_DAY', acceptedEarly(), inputOf('register'), '2026-10-11'),
  t('the Monday after it', undefined, acceptedEarly(), inputOf('register'), '2026-10-12'),
  t('check in on a Saturday of the window', 'NOT_WORKING_DAY', open, inputOf('check-in'), '2026-12-05'),
  t('review on a Saturday', 'NOT_WORKING_DAY', open, inputOf('review'), '2026-12-05'),
  t(
    'refuse registration on a Saturday',
    'NOT_WORKING_DAY',
    open,
    inputOf('refuse-registration'),
    '2026-12-05',
  ),
  ...(['check-in', 'review', 'register', 'refuse-registration'] as const).map((act) =>
    t(`${act} at another office`, 'WRONG_OFFICE', open, inputOf(act, { venueId: 'gm-xinhu' }), '2026-12-02'),
  ),
  t(
    'not questioned apart',
    'NOT_SEPARATELY_QUESTIONED',
    open,
    inputOf('register', { ...both, separatelyQuestioned: false }),
    '2026-12-02',
  ),
  t(
    'agreement not final',
    'AGREEMENT_NOT_FINAL',
    open,
    inputOf('register', { ...both, agreementFinal: false }),
    '2026-12-02',
  ),
  // The last day.
  t('register in the evening of an earlier day', undefined, open, inputOf('register'), '2026-12-29', '21:00'),
  t('register before closing on the last day', undefined, open, inputOf('register'), '2026-12-30', '17:59'),
  t(
    'register at closing without check-in',
    'AFTER_CLOSING',
    open,
    inputOf('register'),
    '2026-12-30',
    '18:00',
  ),
  t('check in after closing', 'AFTER_CLOSING', open, inputOf('check-in'), '2026-12-30', '18:00'),
  t(
    'register after closing, checked in before',
    undefined,
    checkedIn('17:59'),
    inputOf('register'),
    '2026-12-30',
    '18:40',
  ),
  t(
    'review after closing, checked in before',
    undefined,
    checkedIn('17:59'),
    inputOf('review'),
    '2026-12-30',
    '18:40',
  ),
  t(
    'checked in the day before only',
    'AFTER_CLOSING',
    done(open, 'check-in', at('2026-12-29')),
    inputOf('register'),
    '2026-12-30',
    '18:40',
  ),
  t(
    'register after midnight, checked in before closing',
    'OUTSIDE_P2',
    checkedIn('17:59'),
    inputOf('register'),
    '2026-12-31',
    '00:00',
  ),
  t('register the day after', 'OUTSIDE_P2', open, inputOf('register'), '2026-12-31', '09:00'),
  // Ending by hand.
  t('expire inside the window', 'WINDOW_STILL_OPEN', open, inputOf('expire'), '2026-12-30', '23:59'),
  t(
    'expire a couple that was checked in and left',
    undefined,
    checkedIn('17:59'),
    inputOf('expire'),
    '2026-12-31',
  ),
  t('settle what nobody asks about', 'NOTHING_TO_SETTLE', open, inputOf('settle'), '2026-12-02'),
  t('settle a signal that made no sense', undefined, puzzled, inputOf('settle'), '2026-12-02'),
  t('expire on a date that may move', 'CLOCK_PROVISIONAL', openProvisional, inputOf('expire'), '2027-01-25'),
  t(
    'register after a last day that may move',
    'CLOCK_PROVISIONAL',
    openProvisional,
    inputOf('register'),
    '2027-01-25',
  ),
  t('register on a last day that may move', undefined, openProvisional, inputOf('register'), '2027-01-22'),
  t(
    'register when the first period has no sure end',
    'WITHIN_COOLING_OFF',
    unsettled,
    inputOf('register'),
    '2027-01-06',
  ),
];

/** Received on 2026-09-10: the last cooling-off day is the make-up Saturday 2026-10-10. */
function acceptedEarly(): CaseState {
  const early = { ...draft(), openedAt: at('2026-09-09'), lapsesAt: at('2026-11-01') };
  const passed = done(done(early, 'submit', at('2026-09-09', '11:00')), 'pass', at('2026-09-09', '12:00'));
  return done(passed, 'accept', at('2026-09-10'));
}

describe('guards', () => {
  it.each(TRIALS)('$when: $code', ({ state, input, now, code }) => {
    const decision = decide(state, input, now);
    expect(decision.ok ? undefined : decision.reason).toBe(code);
  });

  it('use every refusal there is, and no other', () => {
    const used = new Set(TRIALS.map(({ code }) => code).filter((code) => code !== undefined));
    expect([...used].sort()).toEqual(Object.keys(REFUSALS).sort());
  });

  it.each(Object.entries(REFUSALS))('%s has a sentence in three languages', (_code, texts) => {
    expect(Object.keys(texts).sort()).toEqual([...LOCALES].sort());
    const sentences = LOCALES.map((locale) => texts[locale]);
    for (const sentence of sentences) expect(sentence.trim().length).toBeGreaterThan(5);
    expect(new Set(sentences).size).toBe(LOCALES.length);
  });
});

describe('a date that may still move', () => {
  it('neither opens the window nor ends the case, and puts it before a person', () => {
    const waiting = catchUp(unsettled, at('2027-02-20'));
    expect(waiting.state.stage).toBe('cooling-off');
    expect(waiting.state.attention).toMatchObject([{ code: 'CLOCK_PROVISIONAL' }]);
    const late = catchUp(openProvisional, at('2027-03-20'));
    expect(late.state.stage).toBe('confirmation');
    expect(late.state.flags).toEqual(['provisional-clock', 'needs-attention']);
  });
});
