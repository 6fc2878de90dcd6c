import type { RecomputationState } from '../../activities/calendars/port.ts';
import type { ChangeCounts } from '../../domain/clock/calendar-change.ts';
import { appendAudit } from '../../prisma/audit.ts';
import type { CalendarYear } from '../../prisma/generated/client.ts';
import {
  approveCalendarYear,
  findProposal,
  replacesProposal,
  yearInForce,
} from '../../prisma/queries/calendars.ts';
import {
  findRecomputation,
  planRecomputation,
  recomputationId,
} from '../../prisma/queries/recomputations.ts';
import type { Actor } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../problems/problem.ts';
import { calendarFact } from './calendar-fact.ts';
import { countAffected } from './preview.ts';
import { startRecomputation } from './sweep-calendars.ts';

/** Approval waits for a batch that is being told. */
const APPROVAL_TIMEOUT_MS = 30_000;

/** A calendar in force by somebody's approval, and the recomputation that came of it. */
export interface Approval {
  readonly calendar: CalendarYear;
  readonly recomputation: {
    readonly id: string;
    readonly state: RecomputationState;
    readonly counts: ChangeCounts;
  };
}

/**
 * A second person brings the standing proposal into force. Done already by the same person, it is answered and not
 * done again: their first answer was lost.
 * @param revision the one that was looked at
 * @throws Problem 404 CALENDAR_UNKNOWN, 403 SECOND_PERSON_REQUIRED, 409 CALENDAR_PROPOSAL_REPLACED or
 *   CALENDAR_REVISION_REQUIRED, both naming the standing revision
 */
export async function approveProposal(
  deps: ApiDependencies,
  actor: Actor,
  year: number,
  revision: number | undefined,
): Promise<Approval> {
  const proposal = await findProposal(deps.db, year);
  if (!proposal || (revision !== undefined && revision !== proposal.revision)) {
    const before = await approvedBefore(deps, actor, year, revision);
    if (before) return before;
  }
  if (!proposal) throw new Problem('CALENDAR_UNKNOWN');
  if (proposal.proposedBy === actor.sub) throw new Problem('SECOND_PERSON_REQUIRED');
  await requireSeen(deps, proposal, revision);
  const counts = await countAffected(deps, proposal);
  const at = new Date(deps.now());
  const id = await bringIntoForce(deps, actor, proposal, at);
  if (id === undefined) {
    const before = await approvedBefore(deps, actor, year, proposal.revision);
    if (before) return before;
    throw new Problem('CALENDAR_PROPOSAL_REPLACED');
  }
  await startRecomputation(deps, id);
  const calendar = { ...proposal, state: 'published', approvedBy: actor.sub, at };
  return { calendar, recomputation: { id, state: 'planned', counts } };
}

/** Nobody approves days they have not seen: who names no revision may mean the one that stood there long before. */
async function requireSeen(
  deps: ApiDependencies,
  proposal: CalendarYear,
  revision: number | undefined,
): Promise<void> {
  if (revision === proposal.revision) return;
  const members = { revision: proposal.revision };
  if (revision !== undefined) throw new Problem('CALENDAR_PROPOSAL_REPLACED', { members });
  if (await replacesProposal(deps.db, proposal)) throw new Problem('CALENDAR_REVISION_REQUIRED', { members });
}

async function approvedBefore(
  deps: ApiDependencies,
  actor: Actor,
  year: number,
  revision: number | undefined,
): Promise<Approval | undefined> {
  const calendar = await yearInForce(deps.db, year);
  if (calendar?.state !== 'published' || calendar.approvedBy !== actor.sub) return undefined;
  if (revision !== undefined && revision !== calendar.revision) return undefined;
  const found = await findRecomputation(deps.db, recomputationId(year, calendar.revision));
  if (!found) return undefined;
  const state = found.state as RecomputationState;
  return { calendar, recomputation: { id: found.id, state, counts: await countAffected(deps, calendar) } };
}

/** @returns the id of its recomputation; undefined when the proposal does not stand any more */
function bringIntoForce(
  deps: ApiDependencies,
  actor: Actor,
  proposal: CalendarYear,
  at: Date,
): Promise<string | undefined> {
  return deps.db.$transaction(
    async (tx) => {
      if (!(await approveCalendarYear(tx, proposal, actor.sub, at))) return undefined;
      const { year, revision } = proposal;
      const id = await planRecomputation(tx, { year, revision, startedBy: actor.sub, at });
      const fact = calendarFact(actor, 'approve-calendar', proposal, at, { recomputation: id });
      await appendAudit(tx, [fact]);
      return id;
    },
    { timeout: APPROVAL_TIMEOUT_MS },
  );
}
