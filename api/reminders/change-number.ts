import type { ApplicationParty } from '../../domain/application/application.ts';
import { homeOf } from '../../domain/application/home-of.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { checkMobile } from '../../domain/identity/mobile.ts';
import type { NumberChange } from '../../prisma/generated/client.ts';
import {
  approveNumber,
  confirmNumber,
  openNumber,
  proposeNumber,
  refuseNumber,
  useCodeTry,
} from '../../prisma/number-changes.ts';
import { readApplication } from '../../prisma/read-application.ts';
import { findNumberChange, type NumberChangeRow } from '../../prisma/queries/number-changes.ts';
import type { ReminderRow } from '../../prisma/queries/reminders.ts';
import { cancelConfirmation, orderConfirmation, requeueForNewNumber } from '../../prisma/requeue-notices.ts';
import { type Actor, requireCaseInScope } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields, Problem } from '../problems/problem.ts';
import { auditAct } from './audit-act.ts';
import { followUp } from './follow-up.ts';
import { presentOf } from './get-reminder.ts';
import { requireUnwarned } from './warn-by-hand.ts';

/**
 * Takes down another number for the party of a notice that reached nobody. A second person must approve it.
 * @throws Problem 409 NOBODY_TO_CALL; 422 for what is no mobile number, or none of this party's own
 */
export async function proposeResend(
  deps: ApiDependencies,
  actor: Actor,
  row: ReminderRow,
  given: { readonly actId: string; readonly mobile: string },
): Promise<NumberChange> {
  requireUnwarned(row);
  const { caseNumber } = row;
  const party = row.party as PartyLabel;
  const mobile = await lawfulNumber(deps, caseNumber, party, given.mobile);
  const at = new Date(deps.now());
  return deps.db.$transaction(async (tx) => {
    const change = await proposeNumber(tx, deps.cipher, {
      caseNumber,
      party,
      mobile,
      occasion: given.actId,
      noticeId: row.id,
      fourEyes: true,
      by: actor.sub,
      at,
    });
    // Sent again, it is on record already.
    if (change.proposedAt.getTime() !== at.getTime()) return change;
    const detail = { change: change.id, notice: row.id, party };
    await auditAct(tx, actor, { caseNumber, action: 'propose-number', at, detail });
    return change;
  });
}

async function lawfulNumber(
  deps: ApiDependencies,
  caseNumber: string,
  party: PartyLabel,
  typed: string,
): Promise<string> {
  const { parties } = await readApplication(deps.db, deps.cipher, caseNumber);
  const [own, other] = party === 'a' ? parties : [parties[1], parties[0]];
  const check = checkedMobile(deps, typed, own);
  if (!check.ok) throw invalidFields([{ field: 'mobile', code: check.reason }]);
  if (isNumberOf(deps, own, check.normalized))
    throw invalidFields([{ field: 'mobile', code: 'NUMBER_UNCHANGED' }]);
  // What is for one must not ring with the other; the answer does not say whose number it is.
  if (isNumberOf(deps, other, check.normalized))
    throw invalidFields([{ field: 'mobile', code: 'NUMBER_NOT_SEPARATE' }]);
  return check.normalized;
}

function checkedMobile(deps: ApiDependencies, mobile: string, party: ApplicationParty) {
  return checkMobile(mobile, { allowTestNumbers: deps.settings.demo, home: homeOf(party) });
}

/** However it was typed when the case was opened. */
function isNumberOf(deps: ApiDependencies, party: ApplicationParty, normalized: string): boolean {
  const check = checkedMobile(deps, party.mobile, party);
  return check.ok && check.normalized === normalized;
}

/**
 * A changed number in a case of the actor's venues.
 * @throws Problem 404 NUMBER_CHANGE_UNKNOWN, 403 VENUE_OUT_OF_SCOPE
 */
export async function getNumberChange(
  deps: ApiDependencies,
  actor: Actor,
  id: string,
): Promise<NumberChangeRow> {
  const change = await findNumberChange(deps.db, id);
  if (!change) throw new Problem('NUMBER_CHANGE_UNKNOWN');
  requireCaseInScope(actor, change.case);
  return change;
}

/**
 * The second person agrees: the new number gets the message with the code, and nothing else. A number that a
 * correction has changed already is only noted as approved.
 * @throws Problem 403 SECOND_PERSON_REQUIRED, 409 NUMBER_CHANGE_DECIDED
 */
export async function approve(deps: ApiDependencies, actor: Actor, change: NumberChangeRow): Promise<void> {
  if (change.proposedBy === actor.sub) throw new Problem('SECOND_PERSON_REQUIRED');
  const now = presentOf(deps, change.case);
  await deps.db.$transaction(async (tx) => {
    const at = new Date(now.real);
    const approved = await approveNumber(tx, change.id, actor.sub, at);
    if (!approved) throw new Problem('NUMBER_CHANGE_DECIDED');
    if (approved === 'proposed') await orderConfirmation(tx, change.case, change, now);
    await auditAct(tx, actor, { ...about(change), action: 'approve-number', at });
  });
  await followUp(deps, 'delivery', () => deps.deliveries.due(['sms'], now.real));
}

/** @throws Problem 409 NUMBER_CHANGE_DECIDED */
export async function refuse(deps: ApiDependencies, actor: Actor, change: NumberChangeRow): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    if (!(await refuseNumber(tx, change.id))) throw new Problem('NUMBER_CHANGE_DECIDED');
    await cancelConfirmation(tx, change);
    await auditAct(tx, actor, { ...about(change), action: 'refuse-number', at: new Date(deps.now()) });
  });
}

/**
 * Staff enter what the party reads out. With the right code the number takes the old one's place. What failed and is
 * still of use is sent to it, if a second person has approved it.
 * @returns how many notices are sent again
 * @throws Problem 409 NUMBER_CHANGE_DECIDED or CODE_TRIES_EXHAUSTED, 422 CODE_WRONG with `triesLeft` or NUMBER_NOT_SEPARATE
 */
export async function confirm(
  deps: ApiDependencies,
  actor: Actor,
  change: NumberChangeRow,
  code: string,
): Promise<number> {
  if (change.state !== 'sent') throw new Problem('NUMBER_CHANGE_DECIDED');
  const triesLeft = (await useCodeTry(deps.db, change.id)) ?? -1;
  if (triesLeft < 0) throw new Problem('NUMBER_CHANGE_DECIDED');
  if (!(await deps.isConfirmationCode(change.id, code))) return wrongCode(deps, actor, change, triesLeft);
  await requireSeparate(deps, change);
  const now = presentOf(deps, change.case);
  const at = new Date(now.real);
  const again = await deps.db.$transaction(async (tx) => {
    if (!(await confirmNumber(tx, deps.cipher, change, at))) throw new Problem('NUMBER_CHANGE_DECIDED');
    // As it stands on record now: the second person may have agreed meanwhile.
    const { approvedBy } = await tx.numberChange.findUniqueOrThrow({ where: { id: change.id } });
    const notices = approvedBy === null ? [] : await requeueForNewNumber(tx, change, now);
    await auditAct(tx, actor, { ...about(change, { notices }), action: 'confirm-number', at });
    return notices.length;
  });
  if (again > 0) await followUp(deps, 'delivery', () => deps.deliveries.due(['sms'], now.real));
  return again;
}

/** Since the number was taken down, the other party may have got the same one, or one of them the safety flag. */
async function requireSeparate(deps: ApiDependencies, change: NumberChangeRow): Promise<void> {
  const { parties } = await readApplication(deps.db, deps.cipher, change.caseNumber);
  if (!parties.some(({ safety }) => safety)) return;
  const other = parties[change.party === 'a' ? 1 : 0];
  if (!isNumberOf(deps, other, await openNumber(deps.cipher, change))) return;
  throw invalidFields([{ field: 'mobile', code: 'NUMBER_NOT_SEPARATE' }]);
}

/** After the last try the number is refused: it must be proposed again, with another code. */
async function wrongCode(
  deps: ApiDependencies,
  actor: Actor,
  change: NumberChangeRow,
  triesLeft: number,
): Promise<never> {
  await deps.db.$transaction(async (tx) => {
    if (triesLeft === 0) await refuseNumber(tx, change.id);
    const at = new Date(deps.now());
    await auditAct(tx, actor, { ...about(change, { triesLeft }), action: 'wrong-code', at });
  });
  if (triesLeft === 0) throw new Problem('CODE_TRIES_EXHAUSTED');
  throw new Problem('CODE_WRONG', {
    errors: [{ field: 'code', code: 'CODE_WRONG' }],
    members: { triesLeft },
  });
}

function about({ id, caseNumber, party }: NumberChange, more: Readonly<Record<string, unknown>> = {}) {
  return { caseNumber, detail: { change: id, party, ...more } };
}
