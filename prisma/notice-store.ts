import type { NoticeDates } from '../activities/records/port.ts';
import type { NoticeState, NoticeStore, NoticeToSend } from '../activities/notices/notice-store.ts';
import type { Locale, PartyLabel } from '../domain/case/vocabulary.ts';
import type { Channel, NoticeKind } from '../domain/reminders/kinds.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database } from './database.ts';

/** States in which a notice may still be sent; the guards below never leave them backwards. */
const UNSENT = ['queued', 'sending'];

export function noticeStore(db: Database, cipher: CaseCipher): NoticeStore {
  return {
    find: (id) => findNotice(db, cipher, id),
    sending: async (notice, attempt) => {
      await db.notice.updateMany({
        where: { id: notice.id, state: { in: UNSENT } },
        data: {
          state: 'sending',
          channel: attempt.channel,
          attemptedAt: new Date(attempt.at),
          attempts: { increment: 1 },
          templateVersion: attempt.templateVersion,
          parts: attempt.parts,
          sealedText: await cipher.seal(notice.caseNumber, 'notice.text', attempt.text),
        },
      });
    },
    sent: async (id, providerId, at) => {
      // A receipt may have overtaken us: then only the provider's name for it is added.
      await db.$executeRaw`
        UPDATE notice SET provider_id = ${providerId}, sent_at = coalesce(sent_at, ${new Date(at)}), last_error = NULL,
          state = CASE WHEN state IN ('queued', 'sending') THEN 'sent' ELSE state END
        WHERE id = ${id}`;
    },
    putBack: async (id, error) => {
      await db.notice.updateMany({
        where: { id, state: { in: UNSENT } },
        data: { state: 'queued', attemptedAt: null, lastError: error },
      });
    },
    stillUnknown: async (id, error) => {
      await db.notice.updateMany({ where: { id, state: 'sending' }, data: { lastError: error } });
    },
    failed: async (id, error) => {
      await db.notice.updateMany({
        where: { id, state: { in: UNSENT } },
        data: { state: 'failed', lastError: error },
      });
    },
    othersDelayed: async (caseNumber, exceptId) =>
      (await db.notice.count({
        where: { caseNumber, id: { not: exceptId }, state: { in: UNSENT }, lastError: { not: null } },
      })) > 0,
  };
}

async function findNotice(db: Database, cipher: CaseCipher, id: string): Promise<NoticeToSend | undefined> {
  const row = await db.notice.findUnique({
    where: { id },
    include: {
      case: { select: { locale: true, realm: true, parties: { select: { label: true, sealed: true } } } },
    },
  });
  if (!row) return undefined;
  const party = row.case.parties.find(({ label }) => label === row.party);
  if (!party) return undefined;
  const contact = await cipher.open<{ mobile?: string; email?: string }>(
    row.caseNumber,
    `party.${row.party}`,
    party.sealed,
  );
  return {
    id,
    caseNumber: row.caseNumber,
    rehearsal: row.case.realm === 'rehearsal',
    party: row.party as PartyLabel,
    kind: row.kind as NoticeKind,
    locale: row.case.locale as Locale,
    state: row.state as NoticeState,
    channels: row.channels as Channel[],
    ...(row.channel ? { channel: row.channel as Channel } : {}),
    ...(row.attemptedAt ? { attemptedAt: row.attemptedAt.getTime() } : {}),
    dates: row.props as unknown as NoticeDates,
    contact: {
      ...(contact.mobile ? { mobile: contact.mobile } : {}),
      ...(contact.email ? { email: contact.email } : {}),
    },
  };
}
