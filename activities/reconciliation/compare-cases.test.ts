import { describe, expect, it } from '@jest/globals';
import type { CaseInEngine } from '../../domain/reconciliation/case-drift.ts';
import type { Stage } from '../../domain/case/vocabulary.ts';
import { compareCases, lookInto, questionCases } from './compare-cases.ts';
import type { CaseSight, ComparedCase, ReconciliationStore } from './port.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const HOUR = 3_600_000;
const numberOf = (n: number): string => `GM01-2026-${String(n).padStart(6, '0')}`;

function row(n: number, changes: Partial<ComparedCase> = {}): ComparedCase {
  return {
    caseNumber: numberOf(n),
    stage: 'draft',
    seq: 1,
    engineStarted: true,
    stateKept: true,
    updatedAt: NOW - HOUR,
    nextDeadline: NOW + HOUR,
    ...changes,
  };
}

interface Side {
  readonly rows: readonly ComparedCase[];
  readonly running: readonly { readonly caseNumber: string; readonly stage?: Stage }[];
  readonly look?: (caseNumber: string) => CaseInEngine;
}

/** Rows and a list of running cases, in pages like the real ones; counts what is asked. */
function comparing({ rows, running, look }: Side) {
  const asked: string[] = [];
  const store: Pick<ReconciliationStore, 'openCases' | 'casesOf'> = {
    openCases: (after, limit) =>
      Promise.resolve(
        rows.filter((each) => each.caseNumber > after && each.stage !== 'lapsed').slice(0, limit),
      ),
    casesOf: (numbers) => Promise.resolve(rows.filter(({ caseNumber }) => numbers.includes(caseNumber))),
  };
  const sight: Pick<CaseSight, 'running' | 'look'> = {
    async *running() {
      for (let from = 0; from < running.length; from += 1_000) {
        yield await Promise.resolve(running.slice(from, from + 1_000));
      }
    },
    look: (caseNumber) => {
      asked.push(caseNumber);
      return Promise.resolve(look?.(caseNumber) ?? { state: 'running' });
    },
  };
  return {
    asked,
    at: {
      store: store as ReconciliationStore,
      sight: sight as CaseSight,
      now: () => NOW,
      beat: () => undefined,
    },
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the quick comparison', () => {
  it('of ten thousand cases in order suspects nobody and asks nobody', async () => {
    const numbers = upTo(10_000);
    const running = numbers.map((n) => ({ caseNumber: numberOf(n), stage: 'draft' as const }));
    const { at, asked } = comparing({ rows: numbers.map((n) => row(n)), running });
    expect(await compareCases(at, '')).toEqual({ cases: 10_000, suspects: [] });
    expect(asked).toEqual([]);
  });

  it('suspects what is lost, overdue, elsewhere, ended or unknown, and nothing else', async () => {
    const rows = [
      row(1),
      row(2),
      row(3, { nextDeadline: NOW - HOUR }),
      row(4),
      row(5, { stage: 'lapsed', nextDeadline: NOW - HOUR }),
      row(7, { stage: 'registered' }),
    ];
    const running = [
      { caseNumber: numberOf(1), stage: 'draft' as const },
      { caseNumber: numberOf(3), stage: 'draft' as const },
      { caseNumber: numberOf(4), stage: 'ready' as const },
      { caseNumber: numberOf(5), stage: 'lapsed' as const },
      { caseNumber: numberOf(6) },
      { caseNumber: numberOf(7), stage: 'confirmation' as const },
    ];
    const { at } = comparing({ rows, running });
    const { suspects } = await compareCases(at, '');
    expect([...suspects].sort()).toEqual([2, 3, 4, 5, 6].map(numberOf));
  });

  it('stops to look into a multitude, and goes on where it was', async () => {
    const rows = upTo(2_500).map((n) => row(n));
    const { at } = comparing({ rows, running: [] });
    const first = await compareCases(at, '');
    expect(first.next).toBe(numberOf(1_000));
    const second = await compareCases(at, first.next ?? '');
    const third = await compareCases(at, second.next ?? '');
    expect(third.next).toBeUndefined();
    const all = [first, second, third].flatMap(({ suspects }) => suspects);
    expect(all).toEqual(rows.map(({ caseNumber }) => caseNumber));
  });
});

describe('the deep comparison', () => {
  it('asks every case of its batch, no faster than it may', async () => {
    const rows = upTo(5).map((n) => row(n));
    const status = {
      stage: 'draft' as const,
      seq: 1,
      settled: true,
      nextWakeAt: NOW + HOUR,
      alarmAt: NOW + HOUR,
    };
    const { at, asked } = comparing({
      rows,
      running: [],
      look: (caseNumber) => ({
        state: 'running',
        status: caseNumber === numberOf(2) ? { ...status, seq: 2 } : status,
      }),
    });
    const pauses: number[] = [];
    const pause = (ms: number): Promise<void> => {
      pauses.push(ms);
      return Promise.resolve();
    };
    const first = await questionCases({ ...at, perSecond: 10, pause }, '', 3);
    expect(first).toEqual({ cases: 0, suspects: [numberOf(2)], next: numberOf(3) });
    expect(pauses).toEqual([100, 200, 300]);
    expect(await questionCases({ ...at, perSecond: 10, pause }, numberOf(3), 3)).toEqual({
      cases: 0,
      suspects: [],
    });
    expect(asked).toEqual(rows.map(({ caseNumber }) => caseNumber));
  });
});

it('looks at a case until row and engine were read within one turn', async () => {
  let reads = 0;
  const { at } = comparing({ rows: [row(1)], running: [] });
  const moving = {
    ...at.store,
    casesOf: () => Promise.resolve([row(1, { seq: Math.min(3, (reads += 1)) })]),
  };
  const { row: read } = await lookInto({ ...at, store: moving }, numberOf(1));
  expect(read?.seq).toBe(3);
  expect(reads).toBe(4);
});

it('asking cases that do not answer ends in time, and goes on where it ended', async () => {
  const rows = upTo(200).map((n) => row(n));
  let time = NOW;
  const { at, asked } = comparing({
    rows,
    running: [],
    look: () => {
      time += 5_000;
      return { state: 'running', status: 'no-answer' };
    },
  });
  const slow = { ...at, now: () => time, perSecond: 50, pause: () => Promise.resolve() };
  const { suspects, next } = await questionCases(slow, '', 200);
  expect(time - NOW).toBeLessThan(5 * 60_000);
  expect(asked.length).toBeLessThan(200);
  expect([suspects, next]).toEqual([asked, asked.at(-1)]);
  const done = asked.length;
  expect((await questionCases(slow, next ?? '', 200)).suspects[0]).toBe(numberOf(done + 1));
});
