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
  stateKept: true,
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

/** Answers which were recognised as repaired and which were not, and which cases were looked at. */
async function judged(findings: readonly OpenFinding[], notices: readonly ComparedNotice[]) {
  const looked: string[] = [];
  const repaired: string[] = [];
  const not: string[] = [];
  const store: Partial<ReconciliationStore> = {
    unrepaired: (_runId, limit) => Promise.resolve(findings.slice(0, limit)),
    repaired: (gone) => {
      repaired.push(...gone.map(({ ref, code }) => `${ref} ${code}`));
      return Promise.resolve();
    },
    notRepaired: (still, error) => {
      not.push(...still.map(({ ref }) => `${ref} ${error}`));
      return Promise.resolve();
    },
    casesOf: (numbers) => Promise.resolve(numbers.map(row)),
    noticesOf: (ids) => Promise.resolve(notices.filter(({ id }) => ids.includes(id))),
  };
  const sight: Partial<CaseSight> = {
    look: (caseNumber) => {
      looked.push(caseNumber);
      if (caseNumber === 'silent') return Promise.resolve({ state: 'running', status: 'no-answer' });
      return Promise.resolve({ state: caseNumber === 'lost' ? 'gone' : 'running' });
    },
  };
  await lookAgain(
    {
      store: store as ReconciliationStore,
      sight: sight as CaseSight,
      now: () => NOW,
      beat: () => undefined,
      pause: () => Promise.resolve(),
    },
    'r',
    'quick',
    0,
  );
  return { repaired, not, looked };
}

const finding = (ref: string, code: string): OpenFinding => ({ ref, code });

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
  expect(await judged(findings, notices)).toMatchObject({
    repaired: ['back NOT_RUNNING', 'n-left QUEUED_OVERDUE'],
    not: ['lost STILL_DIFFERENT', 'n-waits STILL_DIFFERENT', 'n-unknown STILL_DIFFERENT'],
  });
});

it('looks at a case once, whatever was found of it, and calls a silent one not repaired', async () => {
  const findings = [finding('silent', 'WAKE_OVERDUE'), finding('silent', 'SEQ_DIFFERS')];
  expect(await judged(findings, [])).toEqual({
    repaired: [],
    not: ['silent STILL_DIFFERENT', 'silent STILL_DIFFERENT'],
    looked: ['silent'],
  });
});

it('goes through all of many findings', async () => {
  const findings = Array.from({ length: 450 }, (_, index) => finding(`c${index}`, 'WAKE_OVERDUE'));
  expect((await judged(findings, [])).repaired).toHaveLength(450);
});
