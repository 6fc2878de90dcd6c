import type { Channel } from '../../domain/reminders/kinds.ts';
import { openCalls } from '../../prisma/call-outcomes.ts';
import type { ReminderRow } from '../../prisma/queries/reminders.ts';
import { type Actor, may } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';

/** Whose text is shown to nobody: it carries the code that only the party can know. */
export function keepsASecret({ kind }: { readonly kind: string }): boolean {
  return kind === 'number-confirmation';
}

/**
 * What a notice said at each attempt, and what came of ringing; undefined for readers who may not see texts.
 * @throws CaseKeyErased
 */
export async function textsOf(deps: ApiDependencies, actor: Actor, row: ReminderRow) {
  if (!may(actor, 'read-texts')) return undefined;
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
