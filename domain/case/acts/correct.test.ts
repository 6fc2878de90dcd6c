import { describe, expect, it } from '@jest/globals';
import type { ActBodies } from '../act-input.ts';
import { accepted, at, inputOf } from '../case.fixture.ts';
import { decide } from '../decide.ts';
import type { CaseState } from '../state.ts';

let acts = 0;
function corrected(state: CaseState, facts: Omit<ActBodies['correct'], 'fields'>): CaseState {
  acts += 1;
  const input = inputOf('correct', { actId: `correction-${acts}`, fields: ['parties.a.safety'], ...facts });
  const decision = decide(state, input, at('2026-11-02'));
  if (!decision.ok) throw new Error(decision.reason);
  return decision.state;
}
const before = { ...accepted('2026-10-30'), safety: [], mailable: [] };

describe('a correction of who must be protected and who has an address', () => {
  it('leaves the other party as another correction made at the same time has left it', () => {
    const both = corrected(corrected(before, { safetyOf: { b: true }, mailableOf: { a: true } }), {
      safetyOf: { a: false },
      mailableOf: { b: true },
    });
    expect(both).toMatchObject({ safety: ['b'], mailable: ['a', 'b'], flags: ['safety'] });
  });

  it('takes the flag away when nobody needs it any more', () => {
    const flagged = corrected(before, { safetyOf: { b: true } });
    expect(corrected(flagged, { safetyOf: { b: false } })).toMatchObject({ safety: [], flags: [] });
  });

  it('that says nothing of either changes nothing of them', () => {
    const flagged = corrected(before, { safetyOf: { a: true }, mailableOf: { b: true } });
    expect(corrected(flagged, {})).toMatchObject({ safety: ['a'], mailable: ['b'], flags: ['safety'] });
  });

  it('may still name the whole lists, as release 0.2 did', () => {
    const flagged = corrected(before, { safetyOf: { a: true } });
    expect(corrected(flagged, { safety: ['b'], mailable: ['b'] })).toMatchObject({
      safety: ['b'],
      mailable: ['b'],
    });
  });
});
