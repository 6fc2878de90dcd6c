import { caseDrifts, type CaseInEngine } from '../../domain/reconciliation/case-drift.ts';
import type { Stage } from '../../domain/case/vocabulary.ts';
import { awaitsArchive } from '../../domain/procedure.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { WORK_MS } from './in-time.ts';
import type { CaseSight, ComparedCase, ReconciliationStore } from './port.ts';

/** Rows read at once. */
const PAGE = 1_000;
/** More suspicions than this are looked into before the comparison goes on. */
const SUSPECTS = 500;

export interface Compared {
  /** Open cases on record that were looked at. */
  readonly cases: number;
  /** Numbers of cases that must be looked at again. */
  readonly suspects: readonly string[];
  /** Where to go on; undefined when all have been compared. */
  readonly next?: string;
}

interface Comparison {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly now: () => EpochMs;
  readonly beat: () => void;
}

/**
 * Compares all open cases with the engine's list of running ones. Lists may be seconds behind, so what differs is only
 * a suspicion. Ten thousand cases are ten pages on either side, and one number and stage each in memory.
 * @param after number of the last case compared; '' to begin
 */
export async function compareCases(at: Comparison, after: string): Promise<Compared> {
  const { store, sight, now, beat } = at;
  const running = new Map<string, Stage | undefined>();
  for await (const page of sight.running()) {
    for (const { caseNumber, stage } of page) running.set(caseNumber, stage);
    beat();
  }
  const suspects: string[] = [];
  let cases = 0;
  let last = after;
  for (;;) {
    const rows = await store.openCases(last, PAGE);
    beat();
    cases += rows.length;
    for (const row of rows) {
      if (isSuspect(row, running, now())) suspects.push(row.caseNumber);
      running.delete(row.caseNumber);
      last = row.caseNumber;
    }
    if (rows.length < PAGE) break;
    if (suspects.length >= SUSPECTS) return { cases, suspects, next: last };
  }
  return { cases, suspects: [...suspects, ...(await left(at, [...running.keys()]))] };
}

function isSuspect(
  row: ComparedCase,
  running: ReadonlyMap<string, Stage | undefined>,
  now: EpochMs,
): boolean {
  const runs = running.has(row.caseNumber);
  const shown = running.get(row.caseNumber);
  if (caseDrifts(row, { state: runs ? 'running' : 'gone' }, now).length > 0) return true;
  return shown !== undefined && shown !== row.stage && !awaitsArchive(row.stage);
}

/** The engine runs them, and no open row is theirs: ended a moment ago, or a drift. */
async function left({ store, now, beat }: Comparison, caseNumbers: readonly string[]): Promise<string[]> {
  const suspects: string[] = [];
  for (let from = 0; from < caseNumbers.length; from += PAGE) {
    const numbers = caseNumbers.slice(from, from + PAGE);
    const rows = new Map((await store.casesOf(numbers)).map((row) => [row.caseNumber, row]));
    beat();
    suspects.push(
      ...numbers.filter((each) => caseDrifts(rows.get(each), { state: 'running' }, now()).length > 0),
    );
  }
  return suspects;
}

/** Asks each of a batch of open cases what it waits for, at a bounded rate, and compares. */
export async function questionCases(
  at: Comparison & { readonly perSecond: number; readonly pause: (ms: number) => Promise<void> },
  after: string,
  batch: number,
): Promise<Compared> {
  const { store, sight, now, beat, perSecond, pause } = at;
  const rows = await store.openCases(after, batch);
  const suspects: string[] = [];
  const began = now();
  let last: string | undefined;
  for (const [index, row] of rows.entries()) {
    // Cases that do not answer take their time-out each; the next piece of work goes on from here.
    if (now() - began > WORK_MS) return { cases: 0, suspects, ...(last === undefined ? {} : { next: last }) };
    const engine = await sight.look(row.caseNumber, true);
    if (caseDrifts(row, engine, now()).length > 0) suspects.push(row.caseNumber);
    last = row.caseNumber;
    beat();
    const ahead = began + ((index + 1) * 1_000) / perSecond - now();
    if (ahead > 0) await pause(ahead);
  }
  return { cases: 0, suspects, ...(rows.length === batch && last !== undefined ? { next: last } : {}) };
}

/** What is wrong with a case, looked at until row and engine were read within one and the same turn. */
export async function lookInto(
  { store, sight }: Pick<Comparison, 'store' | 'sight'>,
  caseNumber: string,
): Promise<{ readonly row: ComparedCase | undefined; readonly engine: CaseInEngine }> {
  for (let tries = 1; ; tries += 1) {
    const [before] = await store.casesOf([caseNumber]);
    const engine = await sight.look(caseNumber, true);
    const [row] = await store.casesOf([caseNumber]);
    if (tries === LOOKS || (row?.seq === before?.seq && row?.updatedAt === before?.updatedAt)) {
      return { row, engine };
    }
  }
}
const LOOKS = 3;
