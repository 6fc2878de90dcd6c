import { expect } from '@jest/globals';
import type { Stage } from '../../../domain/case/vocabulary.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/search-attributes.ts';
import type { CaseDriver } from './case-driver.ts';
import { eventually } from './eventually.ts';

export interface Expected {
  readonly stage: Stage;
  /** Kind of the last step. */
  readonly last: string;
  readonly attention?: readonly string[];
  /** Instant of the deadline the engine shows; null when it must show none. Not looked at when absent. */
  readonly deadline?: number | null;
}

/** Looks at a case from all sides: its row, its timeline, its notices, and what the engine shows of it. */
export async function expectCase(theCase: CaseDriver, expected: Expected): Promise<void> {
  await eventually(async () => {
    const row = await theCase.row();
    expect({ case: row.caseNumber, stage: row.stage }).toEqual({
      case: row.caseNumber,
      stage: expected.stage,
    });
    const steps = await theCase.steps();
    expect(steps.at(-1)?.kind).toBe(expected.last);
  });
  await expectTimeline(theCase, expected);
  await expectNoticesOnce(theCase);
  await eventually(() => expectShown(theCase, expected));
}

async function expectTimeline(theCase: CaseDriver, expected: Expected): Promise<void> {
  const [row, steps] = await Promise.all([theCase.row(), theCase.steps()]);
  expect(steps.map(({ seq }) => seq)).toEqual(steps.map((_, index) => index + 1));
  expect(row.actSeq).toBe(steps.length);
  expect(steps.at(-1)?.toStage).toBe(expected.stage);
  for (const [index, step] of steps.entries()) {
    expect(step.fromStage).toBe(steps[index - 1]?.toStage ?? 'draft');
  }
  const codes = (row.attention as { code: string }[]).map(({ code }) => code);
  expect(codes).toEqual(expected.attention ?? []);
  expect(row.needsAttention).toBe(codes.length > 0);
  expect(row.flags.includes('needs-attention')).toBe(codes.length > 0);
}

/** No party has two notices of one kind for one date. */
async function expectNoticesOnce(theCase: CaseDriver): Promise<void> {
  const notices = await theCase.ordered();
  const keys = notices.map(({ party, kind, deadlineVersion, offsetDays }) =>
    [party, kind, deadlineVersion, offsetDays].join(),
  );
  expect(new Set(keys).size).toBe(keys.length);
}

async function expectShown(theCase: CaseDriver, expected: Expected): Promise<void> {
  const { typedSearchAttributes: shown } = await theCase.describe();
  expect(shown.get(SEARCH_ATTRIBUTES.stage)).toBe(expected.stage);
  expect(shown.get(SEARCH_ATTRIBUTES.needsAttention)).toBe((expected.attention ?? []).length > 0);
  expect(shown.get(SEARCH_ATTRIBUTES.venue)).toBe(theCase.application.venueId);
  expect(shown.get(SEARCH_ATTRIBUTES.channel)).toBe(theCase.application.channel);
  if (expected.deadline !== undefined) {
    expect(shown.get(SEARCH_ATTRIBUTES.nextDeadline)?.getTime() ?? null).toBe(expected.deadline);
  }
}
