import { expect, it } from '@jest/globals';
import type { CaseSight, ComparedCase, ComparedNotice, OpenFinding, ReconciliationStore } from './port.ts';
import { lookAgain } from './look-again.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const HOUR = 3_600_000;

const row = (caseNumber: string): ComparedCase => ({
  caseNumber,
  stage: 'draft',
  seq: 1,
  engineStarted: true,
  updatedAt: NOW - HOUR,
});
const notice = (id: string, changes: Partial<ComparedNotice> = {}): ComparedNotice => ({
  id,
  caseNumber: 'c1',
  state: 'planned',
  dueAt: NOW - HOUR,
  heldBack: false,
  caseOpen: true,
  ...changes,
});

/** Findings of two pages; answers which were recognised as repaired and which were not. */
async function judged(findings: readonly OpenFinding[], notices: readonly ComparedNotice[]) {
  const repaired: string[] = [];
  const not: string[] = [];
  const store: Partial<ReconciliationStore> = {
    unrepaired: (_from, limit, after) => {
      const start = after ? findings.indexOf(after) + 1 : 0;
      return Promise.resolve(findings.slice(start, start + limit));
    },
    repaired: (gone) => {
      repaired.push(...gone.map(({ ref, code }) => `${ref} ${code}`));
      return Promise.resolve();
    },
    notRepaired: ({ ref }, error) => {
      not.push(`${ref} ${error}`);
      return Promise.resolve();
    },
    casesOf: (numbers) => Promise.resolve(numbers.map(row)),
    noticesOf: (ids) => Promise.resolve(notices.filter(({ id }) => ids.includes(id))),
  };
  const sight: Partial<CaseSight> = {
    look: (caseNumber) => Promise.resolve({ state: caseNumber === 'lost' ? 'gone' : 'running' }),
  };
  await lookAgain(
    {
      store: store as ReconciliationStore,
      sight: sight as CaseSight,
      now: () => NOW,
      beat: () => undefined,
      pause: () => Promise.resolve(),
    },
    0,
  );
  return { repaired, not };
}

const finding = (ref: string, code: string): OpenFinding => ({ runId: 'r', ref, caseNumber: ref, code });

it('calls repaired only what no longer differs', async () => {
  const findings = [
    finding('back', 'NOT_RUNNING'),
    finding('lost', 'NOT_RUNNING'),
    finding('n-left', 'QUEUED_OVERDUE'),
    finding('n-waits', 'QUEUED_OVERDUE'),
    finding('n-unknown', 'PLANNED_OVERDUE'),
  ];
  const notices = [
    notice('n-waits', { state: 'queued', sendAt: NOW - HOUR }),
    // Late on the plan, and on no plan of its case: another drift, and none the better.
    notice('n-unknown', { onPlan: false }),
  ];
  expect(await judged(findings, notices)).toEqual({
    repaired: ['back NOT_RUNNING', 'n-left QUEUED_OVERDUE'],
    not: ['lost STILL_DIFFERENT', 'n-waits STILL_DIFFERENT', 'n-unknown STILL_DIFFERENT'],
  });
});

it('goes through all of many findings', async () => {
  const findings = Array.from({ length: 450 }, (_, index) => finding(`c${index}`, 'WAKE_OVERDUE'));
  expect((await judged(findings, [])).repaired).toHaveLength(450);
});
