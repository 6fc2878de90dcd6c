import { earliestFirst } from '../reminders/planned-notice.ts';
import { POLICY_0_1 } from '../reminders/policy-0-1.ts';
import { usefulUntil } from '../reminders/useful-until.ts';
import type { CaseState, PendingNotice } from './state.ts';
import { PARTIES } from './vocabulary.ts';

/** As release 0.1 planned it: its terms were in the program. */
type Pending01 = Pick<PendingNotice, 'kind' | 'dueAt' | 'deadlineVersion' | 'offsetDays'> &
  Partial<Pick<PendingNotice, 'parties' | 'occasion'>>;

/** A state handed on by continue-as-new or read back from the record; one of release 0.1 gets the terms of its notices. */
export function carriedOn(carried: CaseState): CaseState {
  const planned: readonly (PendingNotice | Pending01)[] = carried.planned;
  if (planned.every((each) => 'channels' in each)) return carried;
  return {
    ...carried,
    planned: earliestFirst(planned.map((each) => ('channels' in each ? each : withTerms(each, carried)))),
  };
}

function withTerms(notice: Pending01, { clock, lapsesAt }: CaseState): PendingNotice {
  const rule = POLICY_0_1.rules.find(({ kind }) => kind === notice.kind);
  if (!rule) throw new RangeError(`release 0.1 planned no ${notice.kind}`);
  const { on, channels, urgency } = rule;
  const until = usefulUntil(notice.kind, notice.dueAt, { clock, lapsesAt });
  return { ...notice, on, channels, urgency, usefulUntil: until, parties: notice.parties ?? PARTIES };
}
