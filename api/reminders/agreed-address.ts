import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import type { GatewayChannel } from '../../domain/reminders/kinds.ts';
import { numberInUse } from '../../prisma/number-changes.ts';
import type { ReminderRow } from '../../prisma/queries/reminders.ts';
import type { Actor } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { Problem } from '../problems/problem.ts';

/**
 * What failed must not be turned to another number or address by one person alone. Where this very notice has been sent
 * to the same place before, sending it again is no such turn.
 * @throws Problem 409 ADDRESS_NOT_APPROVED
 */
export async function requireAgreed(
  deps: ApiDependencies,
  actor: Actor,
  row: ReminderRow,
  channel: GatewayChannel,
  contact: { readonly mobile?: string; readonly email?: string },
): Promise<void> {
  // Its number is not the party's yet, and the code tells nobody anything.
  if (row.kind === 'number-confirmation') return;
  const address = channel === 'sms' ? contact.mobile : contact.email;
  if (address !== undefined && (await wasSentTo(deps, row, channel, address))) return;
  if (channel === 'sms') await requireApprovedNumber(deps, row);
  else await requireOthersAddress(deps, actor, row);
}

async function wasSentTo(
  { db, cipher }: ApiDependencies,
  { id: noticeId }: ReminderRow,
  channel: GatewayChannel,
  address: string,
): Promise<boolean> {
  const addressIndex = await cipher.index(address);
  return (await db.noticeAttempt.count({ where: { noticeId, channel, addressIndex } })) > 0;
}

/** The number the party began with, or one that two persons have seen. */
async function requireApprovedNumber({ db }: ApiDependencies, row: ReminderRow): Promise<void> {
  const change = await numberInUse(db, row.caseNumber, row.party as PartyLabel);
  if (!change || change.approvedBy !== null) return;
  throw new Problem('ADDRESS_NOT_APPROVED', { members: { numberChange: change.id } });
}

/** Nobody confirms a corrected e-mail address: somebody else than who corrected it must send again. */
async function requireOthersAddress({ db }: ApiDependencies, actor: Actor, row: ReminderRow): Promise<void> {
  const { caseNumber, party } = row;
  const corrected = await db.caseStep.findFirst({
    where: {
      caseNumber,
      kind: 'correct',
      detail: { path: ['fields'], array_contains: [`parties.${party}.email`] },
    },
    orderBy: { seq: 'desc' },
    select: { actor: true },
  });
  if (corrected?.actor === actor.sub) throw new Problem('ADDRESS_NOT_APPROVED');
}
