import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../plain-date.ts';
import { DISTRICT_POLICY } from '../reminders/district-policy.fixture.ts';
import { instantAt } from '../zoned-time.ts';
import { accepted, at, done, draft, ready } from './case.fixture.ts';
import { catchUp } from './catch-up.ts';
import { noticeOrders } from './notice-orders.ts';
import type { CaseState } from './state.ts';

const promised = { policy: DISTRICT_POLICY, realm: 'rehearsal' } as const;
const lapsing: readonly (readonly [string, CaseState])[] = [
  ['draft-lapsing', draft(promised)],
  ['material-missing', done(checked(), 'return', at('2026-10-29', '14:20'))],
  ['pre-check-passed', ready(promised)],
];

function checked(): CaseState {
  return done(draft(promised), 'submit', at('2026-10-28', '09:10'));
}

describe('the last day a notice names before a stage lapses', () => {
  it.each(lapsing)('in %s is a whole day, on which the stage stands until midnight', (kind, state) => {
    const planned = state.planned.filter((each) => each.kind === kind);
    const orders = noticeOrders(state, planned, planned[0]?.dueAt ?? 0);
    expect(orders.length).toBeGreaterThan(0);
    for (const { props, dueAt } of orders) {
      const { lapsesOn } = props;
      if (lapsesOn === undefined) throw new Error('no last day');
      expect(catchUp(state, instantAt(lapsesOn, '23:59')).state.stage).toBe(state.stage);
      // One day more would be said of a day in which it lapses.
      const { lapsesAt = 0 } = state;
      expect(lapsesAt - instantAt(lapsesOn)).toBeGreaterThanOrEqual(86_400_000);
      expect(lapsesAt - instantAt(lapsesOn)).toBeLessThan(2 * 86_400_000);
      // Nobody is reminded of a last day that is over.
      expect(dueAt).toBeLessThan(instantAt(lapsesOn, '23:59'));
    }
  });

  it('is the day before, when a stage lapses at midnight', () => {
    const state: CaseState = { ...draft(promised), lapsesAt: at('2026-11-26') };
    const [order] = noticeOrders(state, state.planned, at('2026-11-23', '09:00'));
    expect(order?.props.lapsesOn).toBe(plainDate('2026-11-25'));
  });

  it('is not named once nothing lapses', () => {
    const state = accepted('2026-10-30', promised);
    for (const { props } of noticeOrders(state, state.planned, at('2026-11-24', '09:00')))
      expect(props.lapsesOn).toBeUndefined();
  });
});
