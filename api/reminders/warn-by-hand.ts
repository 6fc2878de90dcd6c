import { GATEWAY_CHANNELS, type GatewayChannel } from '../../domain/reminders/kinds.ts';
import { type CallOutcome, isEveryoneWarned, recordCall } from '../../prisma/call-outcomes.ts';
import type { Transaction } from '../../prisma/database.ts';
import { isToBeWarned, isUnreachable, type ReminderRow } from '../../prisma/queries/reminders.ts';
import { requeueNotice } from '../../prisma/requeue-notices.ts';
import { type Actor, may } from '../authorize.ts';
import { auditRead, refOf } from '../cases/load-case.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields, Problem } from '../problems/problem.ts';
import { auditAct } from './audit-act.ts';
import { requireAgreed } from './agreed-address.ts';
import { followUp } from './follow-up.ts';
import { presentOf } from './get-reminder.ts';

/** What a party is reached by; held in memory only. */
interface PartyContact {
  readonly name: string;
  readonly mobile?: string;
  readonly email?: string;
}

/**
 * The telephone number of the one party somebody has to ring, for as long as they have to, or may ring ahead. Nothing of the other
 * party is read. Under the safety flag only those who know of it may ring.
 * @throws Problem 403, 409 NOBODY_TO_CALL; CaseKeyErased
 */
export async function contactOf(deps: ApiDependencies, actor: Actor, row: ReminderRow) {
  const { caseNumber, party, id } = row;
  if (row.case.flags.includes('safety') && !may(actor, 'read-safety')) throw new Problem('ROLE_NOT_ALLOWED');
  if (!isUnreachable(row)) requireUnwarned(row);
  const { name, mobile } = await openContact(deps.db, deps, row);
  await auditRead(deps, actor, caseNumber, 'read-contact', { notice: id, party });
  return { id, caseNumber, party, name, mobile };
}

async function openContact(
  db: Pick<Transaction, 'party'>,
  { cipher }: ApiDependencies,
  { caseNumber, party }: ReminderRow,
): Promise<PartyContact> {
  const { sealed } = await db.party.findUniqueOrThrow({
    where: { caseNumber_label: { caseNumber, label: party } },
  });
  return cipher.open<PartyContact>(caseNumber, `party.${party}`, sealed);
}

/** @throws Problem 409 NOBODY_TO_CALL */
export function requireUnwarned(row: ReminderRow): void {
  if (!isToBeWarned(row)) throw new Problem('NOBODY_TO_CALL');
}

export interface CallMade {
  readonly actId: string;
  readonly outcome: CallOutcome;
  readonly note?: string | undefined;
}

/** Keeps what came of ringing. @throws Problem 409 NOBODY_TO_CALL */
export async function keepCall(
  deps: ApiDependencies,
  actor: Actor,
  row: ReminderRow,
  call: CallMade,
): Promise<void> {
  const { id, caseNumber, party } = row;
  const at = new Date(deps.now());
  await deps.db.$transaction(async (tx) => {
    const kept = await recordCall(tx, deps.cipher, id, { ...call, by: actor.sub, at });
    if (kept === undefined) throw new Problem('NOBODY_TO_CALL');
    if (kept === 'known') return;
    const detail = { notice: id, party, outcome: call.outcome };
    await auditAct(tx, actor, { caseNumber, action: 'call-party', at, detail });
  });
  await followUp(deps, 'attention', () => clearWhenWarned(deps, row));
}

/**
 * Sends again what reached nobody, on the channel named or the first one the party has an address for. The case goes on
 * standing before a person until a gateway has taken it.
 * @throws Problem 409 NOBODY_TO_CALL, REMINDER_OUT_OF_USE or ADDRESS_NOT_APPROVED, 422 CHANNEL_WITHOUT_ADDRESS
 */
export async function retryNotice(
  deps: ApiDependencies,
  actor: Actor,
  row: ReminderRow,
  named: GatewayChannel | undefined,
): Promise<GatewayChannel> {
  const { id, caseNumber, party } = row;
  requireUnwarned(row);
  const now = presentOf(deps, row.case);
  if (row.usefulUntil && row.usefulUntil.getTime() <= now.own) throw new Problem('REMINDER_OUT_OF_USE');
  const contact = await openContact(deps.db, deps, row);
  const channel = channelFor(contact, row, named);
  await requireAgreed(deps, actor, row, channel, contact);
  await deps.db.$transaction(async (tx) => {
    if (!(await requeueNotice(tx, id, channel, now))) throw new Problem('NOBODY_TO_CALL');
    const detail = { notice: id, party, channel };
    await auditAct(tx, actor, { caseNumber, action: 'retry-notice', at: new Date(now.real), detail });
  });
  await followUp(deps, 'delivery', () => deps.deliveries.due([channel], now.real));
  return channel;
}

function channelFor(
  { mobile, email }: PartyContact,
  row: ReminderRow,
  named: GatewayChannel | undefined,
): GatewayChannel {
  const addresses = { sms: mobile, email };
  const possible = GATEWAY_CHANNELS.filter((each) => row.channels.includes(each) && addresses[each]);
  const first = row.channels.find((each) => possible.some((channel) => channel === each));
  const channel = possible.find((each) => each === (named ?? first));
  if (!channel) throw invalidFields([{ field: 'channel', code: 'CHANNEL_WITHOUT_ADDRESS' }]);
  return channel;
}

/** When nobody of the case is left to be warned, and nothing that failed is on its way again, the case need not stand before a person for it. */
async function clearWhenWarned(
  deps: ApiDependencies,
  { caseNumber, case: { realm } }: { readonly caseNumber: string; readonly case: { readonly realm: string } },
): Promise<void> {
  if (!(await isEveryoneWarned(deps.db, caseNumber))) return;
  await deps.engine.attention(refOf({ caseNumber, realm }), 'NOTICE_FAILED', false);
}
