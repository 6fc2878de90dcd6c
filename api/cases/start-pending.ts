import type { Channel } from '../../domain/case/vocabulary.ts';
import { markStarted } from '../../prisma/open-case.ts';
import { findCase, notStarted } from '../../prisma/queries/cases.ts';
import type { CaseStart } from '../../workflows/messages.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refOf } from './load-case.ts';
import { reasonOf } from '../reason-of.ts';

/** A row younger than this may still be on its way in the process that wrote it. */
export const START_OVERDUE_MS = 20_000;

/** Starts the workflow of a case whose row stands and whose start was lost. Doing it twice starts one. */
export async function startPending(deps: ApiDependencies, caseNumber: string): Promise<void> {
  const row = await findCase(deps.db, caseNumber);
  if (!row || row.engineStarted || row.startInput === null) return;
  await deps.engine.start({
    ...refOf(row),
    start: row.startInput as unknown as CaseStart,
    venueId: row.venueId,
    street: row.venue.street,
    channel: row.channel as Channel,
  });
  await markStarted(deps.db, caseNumber);
}

/** Starts every overdue case; answers how many. One that fails is tried again next time. */
export async function sweepNotStarted(deps: ApiDependencies): Promise<number> {
  const overdue = await notStarted(deps.db, new Date(deps.now() - START_OVERDUE_MS));
  let started = 0;
  for (const caseNumber of overdue) {
    try {
      await startPending(deps, caseNumber);
      started += 1;
    } catch (error) {
      deps.log.warn({ caseNumber, reason: reasonOf(error) }, 'case not started yet');
    }
  }
  return started;
}
