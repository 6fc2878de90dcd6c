import { describe, expect, it } from '@jest/globals';
import { type Stage, STAGES } from '../case/vocabulary.ts';
import { isOpen } from '../procedure.ts';
import { NOTICE_KINDS, type NoticeKind } from './kinds.ts';
import { stillTrue, takenBack } from './still-true.ts';

/** Where each kind that does not outlive its case is true. */
const TRUE_AT: Partial<Record<NoticeKind, readonly Stage[]>> = {
  'draft-lapsing': ['draft'],
  'material-missing': ['correction'],
  'pre-check-passed': ['ready'],
  appointment: ['draft', 'pre-check', 'correction', 'ready', 'cooling-off', 'confirmation'],
  'cooling-off-ending': ['cooling-off'],
  // A case may be woken hours after its window has opened.
  'window-open': ['cooling-off', 'confirmation'],
  'window-closing': ['cooling-off', 'confirmation'],
  'dates-changed': ['cooling-off', 'confirmation'],
};
const SHOW_DATES: readonly NoticeKind[] = [
  'cooling-off-ending',
  'window-open',
  'window-closing',
  'dates-changed',
];
const everyPair = NOTICE_KINDS.flatMap((kind) => STAGES.map((stage) => [kind, stage] as const));

describe('what a notice says', () => {
  it.each(everyPair)('%s of a case at %s', (kind, stage) => {
    const truth = stillTrue({ kind, deadlineVersion: 2 }, { stage, deadlineVersion: 2 });
    const stages = TRUE_AT[kind];
    if (!stages || stages.includes(stage)) expect(truth).toBe(true);
    else expect(truth).toBe(isOpen(stage) ? 'CASE_WENT_ON' : 'CASE_ENDED');
  });

  it.each(everyPair)('%s of a case at %s whose dates have moved', (kind, stage) => {
    const same = stillTrue({ kind, deadlineVersion: 2 }, { stage, deadlineVersion: 2 });
    const moved = stillTrue({ kind, deadlineVersion: 1 }, { stage, deadlineVersion: 2 });
    expect(moved).toBe(SHOW_DATES.includes(kind) && isOpen(stage) ? 'DATES_CHANGED' : same);
  });
});

describe('a notice that has not reached its party', () => {
  const ending = { kind: 'cooling-off-ending', deadlineVersion: 1, usefulUntil: 1_000 } as const;
  it('is taken back while its case goes on without it', () => {
    expect(takenBack(ending, { stage: 'confirmation', deadlineVersion: 1 }, 999)).toBe('CASE_WENT_ON');
    expect(takenBack(ending, { stage: 'withdrawn', deadlineVersion: 1 }, 2_000)).toBe('CASE_ENDED');
    expect(takenBack(ending, { stage: 'confirmation', deadlineVersion: 2 }, 2_000)).toBe('DATES_CHANGED');
  });
  it('is not, when it was true until its time ran out: then somebody was not warned', () => {
    expect(takenBack(ending, { stage: 'confirmation', deadlineVersion: 1 }, 1_000)).toBeUndefined();
    expect(takenBack(ending, { stage: 'cooling-off', deadlineVersion: 1 }, 1_000)).toBeUndefined();
  });
});
