import type { Client } from '@temporalio/client';
import { countAsPublished, seedCalendars } from '../../adapters/calendars/chinese-days.ts';
import { nextWorkingDay } from '../../domain/clock/calendar.ts';
import { addDays, plainDate, yearOf } from '../../domain/plain-date.ts';
import { dateAt, type EpochMs, instantAt } from '../../domain/zoned-time.ts';
import type { CaseDesk, ShownNotice } from './case-desk.ts';
import { applicationOf } from './couple.ts';
import { UnexpectedAnswer } from './rest-desk.ts';

/** How many moves in time a standard case takes. */
export const MOVES = 2;
const VISIT = '10:00';
const BOTH = { presentParties: ['a', 'b'] };

/**
 * The first part of a standard case: opened online, moved to the morning of a working day, handed in, checked by
 * the system, passed by a reviewer. It is then `ready`.
 */
export async function prepareCase(desk: CaseDesk, couple: number): Promise<string> {
  const { caseNumber } = await desk.openRehearsal(applicationOf(couple));
  await desk.move(caseNumber, nextVisit());
  await desk.act(caseNumber, 'submit', 'clerk', {});
  await passWhenChecked(desk, caseNumber);
  return caseNumber;
}

/** Of fifty reviewers at once some are sooner than the system's checks; they try again, as people do. */
async function passWhenChecked(desk: CaseDesk, caseNumber: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await desk.act(caseNumber, 'pass', 'reviewer', {});
      return;
    } catch (error) {
      const early = error instanceof UnexpectedAnswer && error.code === 'PRE_CHECK_RUNNING';
      if (!early || attempt === 10) throw error;
    }
  }
}

export function accept(desk: CaseDesk, caseNumber: string): ReturnType<CaseDesk['act']> {
  return desk.act(caseNumber, 'accept', 'clerk', { ...BOTH, place: 'counter' });
}

/**
 * A whole standard case up to its sealed volume. On the way both are reminded three days before the cooling-off
 * period ends and when the window opens.
 */
export async function liveCase(desk: CaseDesk, rehearsal: Client, couple: number): Promise<string> {
  const caseNumber = await prepareCase(desk, couple);
  const { clock } = await accept(desk, caseNumber);
  if (!clock) throw new Error(`${caseNumber} was accepted and has no clock`);
  await desk.move(caseNumber, instantAt(plainDate(clock.claimFirstWorkingDay), VISIT));
  await desk.act(caseNumber, 'register', 'clerk', {
    ...BOTH,
    separatelyQuestioned: true,
    agreementFinal: true,
  });
  await rehearsal.workflow.getHandle(`case-${caseNumber}`).result();
  return caseNumber;
}

/** A gateway that has been asked answers within seconds. */
const SENT_WITHIN_MS = 20_000;

/** What a benchmark must not take on trust: that the case it measured did what a case does. @throws when not */
export async function requireStandard(desk: CaseDesk, caseNumber: string): Promise<void> {
  const until = performance.now() + SENT_WITHIN_MS;
  for (;;) {
    const notices = await desk.notices(caseNumber);
    const missing = ['cooling-off-ending', 'window-open'].find((kind) => !wentToBoth(notices, kind));
    if (missing === undefined) return;
    if (performance.now() > until)
      throw new Error(`${caseNumber}: ${missing} did not go to both: ${JSON.stringify(notices)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function wentToBoth(notices: readonly ShownNotice[], kind: string): boolean {
  const sent = notices.filter(
    (notice) => notice.kind === kind && ['sent', 'delivered'].includes(notice.state),
  );
  return new Set(sent.map(({ party }) => party)).size === 2;
}

function nextVisit(): EpochMs {
  const tomorrow = addDays(dateAt(Date.now()), 1);
  const calendar = countAsPublished(seedCalendars(yearOf(tomorrow), yearOf(tomorrow) + 1));
  return instantAt(nextWorkingDay(calendar, tomorrow), VISIT);
}
