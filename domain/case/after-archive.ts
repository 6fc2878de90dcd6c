import { eventNotices } from '../reminders/plan-event.ts';
import { rateBy } from '../reminders/useful-until.ts';
import { dateAt, type EpochMs } from '../zoned-time.ts';
import { type CaseState, type PendingNotice, policyOf } from './state.ts';

/**
 * What the policy wants told once the volume is sealed: where a copy can be had, and the invitation to rate. The case
 * does not wait for their hour; they go on record with the archive.
 */
export function afterArchive(state: CaseState, now: EpochMs): PendingNotice[] {
  const { deadlineVersion, outcome, withdrawnBy, clock } = state;
  return eventNotices(policyOf(state), {
    on: 'archived',
    at: now,
    deadlineVersion,
    facts: { safety: state.safety.length > 0, outcome, withdrawnBy },
    about: { clock, rateBy: rateBy(dateAt(state.stageSince)) },
  });
}
