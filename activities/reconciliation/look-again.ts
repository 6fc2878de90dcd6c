import { CASE_DRIFTS, caseDrifts } from '../../domain/reconciliation/case-drift.ts';
import { NOTICE_DRIFTS, noticeDrift } from '../../domain/reconciliation/notice-drift.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { lookInto } from './compare-cases.ts';
import type { CaseSight, OpenFinding, ReconciliationStore } from './port.ts';

/** A repair that took longer than its own run is recognised by the runs of the next day. */
const LOOK_BACK_MS = 86_400_000;
const PAGE = 200;
const CASE_CODES: readonly string[] = CASE_DRIFTS;

export interface SecondLook {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly now: () => EpochMs;
  readonly beat: () => void;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Looks at everything found and not seen repaired; only what no longer differs counts as repaired.
 * @param settleMs pause before what this run has repaired is judged
 */
export async function lookAgain(at: SecondLook, settleMs: number): Promise<void> {
  const { store, now } = at;
  let after: OpenFinding | undefined;
  const [first] = await store.unrepaired(now() - LOOK_BACK_MS, 1);
  if (!first) return;
  await at.pause(settleMs);
  for (;;) {
    const findings = await store.unrepaired(now() - LOOK_BACK_MS, PAGE, after);
    const persisting = await stillDrifting(at, findings);
    const gone = findings.filter((each) => !persisting.has(keyOf(each)));
    await store.repaired(gone, now());
    for (const each of findings) {
      if (persisting.has(keyOf(each))) await store.notRepaired(each, 'STILL_DIFFERENT');
    }
    after = findings.at(-1);
    if (findings.length < PAGE || !after) return;
  }
}

const keyOf = ({ ref, code }: { readonly ref: string; readonly code: string }): string => `${ref} ${code}`;

async function stillDrifting(at: SecondLook, findings: readonly OpenFinding[]): Promise<Set<string>> {
  const drifting = new Set<string>();
  const cases = new Set(findings.filter(({ code }) => CASE_CODES.includes(code)).map(({ ref }) => ref));
  for (const caseNumber of cases) {
    const { row, engine } = await lookInto(at, caseNumber);
    for (const code of caseDrifts(row, engine, at.now())) drifting.add(keyOf({ ref: caseNumber, code }));
    at.beat();
  }
  const notices = findings.filter(({ code }) => !CASE_CODES.includes(code)).map(({ ref }) => ref);
  for (const notice of await at.store.noticesOf([...new Set(notices)])) {
    // Whatever is wrong with it by now: it has not come to its outcome, nor on the way to it.
    if (noticeDrift(notice, at.now())) {
      for (const code of NOTICE_DRIFTS) drifting.add(keyOf({ ref: notice.id, code }));
    }
  }
  return drifting;
}
