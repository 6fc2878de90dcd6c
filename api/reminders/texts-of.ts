import type { Channel } from '../../domain/reminders/kinds.ts';
import { openCalls } from '../../prisma/call-outcomes.ts';
import type { ReminderRow } from '../../prisma/queries/reminders.ts';
import { type Actor, may } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** The calls without their notes; nothing once personal data is erased. */
async function callsOf({ cipher }: ApiDependencies, { caseNumber, sealedNote }: ReminderRow) {
  try {
    const calls = await openCalls(cipher, caseNumber, sealedNote);
    return { callLog: calls.map(({ at, by, outcome }) => ({ at, by, outcome })) };
  } catch (error) {
    if (error instanceof Error && error.name === 'CaseKeyErased') return {};
    throw error;
  }
}

/** Whose text is shown to nobody: it carries the code that only the party can know. */
export function keepsASecret({ kind }: { readonly kind: string }): boolean {
  return kind === 'number-confirmation';
}

/**
 * Who rang, when and with which outcome; and, for readers who may see texts, what was noted of it and what the notice
 * said at each attempt.
 * @throws CaseKeyErased where texts are to be shown
 */
export async function textsOf(deps: ApiDependencies, actor: Actor, row: ReminderRow) {
  if (!may(actor, 'read-texts')) return callsOf(deps, row);
  const { caseNumber } = row;
  const calls = await openCalls(deps.cipher, caseNumber, row.sealedNote);
  const callLog = calls.map(({ at, by, outcome, note }) => ({ at, by, outcome, ...(note ? { note } : {}) }));
  if (keepsASecret(row)) return { callLog };
  const open = (sealed: Uint8Array) => deps.cipher.open<string>(caseNumber, 'notice.text', sealed);
  const sealed = await deps.db.noticeAttempt.findMany({
    where: { noticeId: row.id },
    orderBy: { n: 'asc' },
    select: { n: true, channel: true, sealedText: true },
  });
  const texts = await Promise.all(
    sealed.map(async ({ n, channel, sealedText }) => ({
      n,
      channel: channel as Channel,
      text: await open(sealedText),
    })),
  );
  return { ...(row.sealedText ? { text: await open(row.sealedText) } : {}), texts, callLog };
}
