import { type Act, type CaseEvent, type Locale, LOCALES, type Role } from '../../domain/case/vocabulary.ts';
import type { CaseStep, Venue } from '../../prisma/generated/client.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import { type Actor, may } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { Texts } from '../problems/texts.ts';
import { isHidden } from '../reminders/get-reminder.ts';
import { noticeSentences } from './notice-sentences.ts';
import { STEP_SENTENCES, type StepFacts } from './step-sentences.ts';

export interface TimelineEntry {
  /** UTC instant of the case's own time. */
  readonly at: string;
  readonly kind: string;
  readonly sentence: string;
  readonly sentences: Texts;
  readonly seq?: number;
  readonly actor?: string;
  readonly role?: string;
  readonly venueId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly detail?: unknown;
  /** What staff wrote, for those who may read it. */
  readonly note?: unknown;
}

/**
 * A case as a clerk's log: every step and every notice that was ordered, oldest first, in words.
 * Under the safety flag, of whom the other party was not told is left out for readers who do not know of it.
 */
export async function readTimeline(
  deps: ApiDependencies,
  actor: Actor,
  row: Pick<CaseRow, 'caseNumber' | 'realm' | 'flags'>,
  locale: Locale,
): Promise<TimelineEntry[]> {
  const { caseNumber } = row;
  const [steps, notices, venues] = await Promise.all([
    deps.db.caseStep.findMany({ where: { caseNumber }, orderBy: { seq: 'asc' } }),
    deps.db.notice.findMany({
      where: { caseNumber, NOT: NEVER_LEFT },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    }),
    deps.db.venue.findMany(),
  ]);
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const told = await Promise.all(steps.map((step) => stepEntry(deps, actor, step, byId, locale)));
  const shown = notices.filter((notice) => !isHidden(actor, notice, row.flags));
  const sent = shown.map((notice): TimelineEntry => {
    const sentences = noticeSentences(notice);
    // Gateways live in real time; a rehearsed case has its own, in which the notice was due.
    const handled = row.realm === 'rehearsal' ? null : (notice.deliveredAt ?? notice.sentAt);
    const at = (handled ?? notice.dueAt).toISOString();
    return {
      at,
      kind: `notice-${notice.state}`,
      sentence: sentences[locale],
      sentences,
      detail: { notice: notice.kind, party: notice.party, attempts: notice.attempts },
    };
  });
  return inOrder(told, sent);
}

/** What is only planned, or was taken back before anybody tried to send it, is not part of what happened. */
const NEVER_LEFT = { state: { in: ['planned', 'cancelled'] }, attempts: 0 };

/** Steps keep the order of their numbers, whatever their times; notices are put between them by time. */
function inOrder(steps: readonly TimelineEntry[], notices: readonly TimelineEntry[]): TimelineEntry[] {
  const waiting = [...notices].sort((x, y) => (x.at < y.at ? -1 : 1));
  const all: TimelineEntry[] = [];
  for (const step of steps) {
    while (waiting[0] && waiting[0].at < step.at) all.push(...waiting.splice(0, 1));
    all.push(step);
  }
  return [...all, ...waiting];
}

async function stepEntry(
  deps: ApiDependencies,
  actor: Actor,
  step: CaseStep,
  venues: ReadonlyMap<string, Venue>,
  locale: Locale,
): Promise<TimelineEntry> {
  const sentences = sentencesOf(step, step.venueId === null ? undefined : venues.get(step.venueId));
  const readsTexts = step.sealed !== null && may(actor, 'read-texts') && step.kind !== 'correct';
  return {
    at: step.at.toISOString(),
    kind: step.kind,
    sentence: sentences[locale],
    sentences,
    seq: step.seq,
    actor: step.actor,
    role: step.role,
    ...(step.venueId ? { venueId: step.venueId } : {}),
    from: step.fromStage,
    to: step.toStage,
    detail: step.detail,
    ...(readsTexts && step.sealed ? { note: await openNote(deps, step.caseNumber, step.sealed) } : {}),
  };
}

function sentencesOf(step: CaseStep, venue: Venue | undefined): Texts {
  const facts: StepFacts = {
    role: step.role as Role | 'system',
    venue: venue ? { 'zh-Hans': venue.nameHans, 'zh-Hant': venue.nameHant, en: venue.nameEn } : undefined,
    from: step.fromStage,
    detail: step.detail as Record<string, unknown>,
  };
  const tell = STEP_SENTENCES[step.kind as Act | CaseEvent];
  return Object.fromEntries(LOCALES.map((locale) => [locale, tell(facts, locale)])) as unknown as Texts;
}

/** An erased case's log stays readable; only the words are gone. */
async function openNote(deps: ApiDependencies, caseNumber: string, sealed: Uint8Array): Promise<unknown> {
  try {
    return await deps.cipher.open(caseNumber, 'case_step.sealed', sealed);
  } catch (error) {
    if (error instanceof Error && error.name === 'CaseKeyErased') return undefined;
    throw error;
  }
}
