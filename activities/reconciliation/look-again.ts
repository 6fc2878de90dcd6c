import { CASE_DRIFTS, caseDrifts } from '../../domain/reconciliation/case-drift.ts';
import { noticeDrift } from '../../domain/reconciliation/notice-drift.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { lookInto } from './compare-cases.ts';
import { eachInTime } from './in-time.ts';
import type { CaseSight, Depth, OpenFinding, ReconciliationStore } from './port.ts';

/** Findings judged by one run: what is left over has its turn in the next. */
const AT_MOST = 2_000;
const CASE_CODES: readonly string[] = CASE_DRIFTS;

export interface SecondLook {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly now: () => EpochMs;
  readonly beat: () => void;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Looks once at everything found and not seen repaired, whichever run found it; only what no longer differs counts as
 * repaired. What waits for a person is looked at by the night's run alone.
 * @param settleMs pause before what this run has repaired is judged
 */
export async function lookAgain(
  at: SecondLook,
  runId: string,
  depth: Depth,
  settleMs: number,
): Promise<void> {
  const { store, now } = at;
  const findings = await store.unrepaired(runId, AT_MOST, depth === 'deep');
  if (findings.length === 0) return;
  await at.pause(settleMs);
  const judged = [...(await judgeCases(at, findings)), ...(await judgeNotices(at, findings))];
  await store.repaired(
    judged.filter(({ persists }) => !persists).map(({ finding }) => finding),
    now(),
  );
  await store.notRepaired(
    judged.filter(({ persists }) => persists).map(({ finding }) => finding),
    'STILL_DIFFERENT',
  );
}

interface Judged {
  readonly finding: OpenFinding;
  readonly persists: boolean;
}

/** One look serves all that was found of a case. */
async function judgeCases(at: SecondLook, findings: readonly OpenFinding[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  const byCase = Map.groupBy(
    findings.filter(({ code }) => CASE_CODES.includes(code)),
    ({ ref }) => ref,
  );
  await eachInTime({ now: at.now, beat: () => at.beat() }, [...byCase], async ([caseNumber, of]) => {
    const { row, engine } = await lookInto(at, caseNumber);
    const drifts: readonly string[] = caseDrifts(row, engine, at.now());
    // A case that does not answer shows nothing: neither that it still differs nor that it no longer does.
    const silent = drifts.includes('NO_ANSWER');
    judged.push(...of.map((finding) => ({ finding, persists: silent || drifts.includes(finding.code) })));
  });
  return judged;
}

async function judgeNotices(at: SecondLook, findings: readonly OpenFinding[]): Promise<Judged[]> {
  const ofNotices = findings.filter(({ code }) => !CASE_CODES.includes(code));
  const drifting = new Set<string>();
  for (const notice of await at.store.noticesOf([...new Set(ofNotices.map(({ ref }) => ref))])) {
    // Whatever is wrong with it by now: it has not come to its outcome, nor on the way to it.
    if (noticeDrift(notice, at.now())) drifting.add(notice.id);
  }
  return ofNotices.map((finding) => ({ finding, persists: drifting.has(finding.ref) }));
}
