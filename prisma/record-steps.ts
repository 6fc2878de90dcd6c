import type { RecordedSteps, RecordInput, RecordPort } from '../activities/records/port.ts';
import type { Realm } from '../domain/case/state.ts';
import { formatCertificateNumber, formatReceiptNumber } from '../domain/numbers.ts';
import { type Step, stepKey } from '../domain/case/step.ts';
import { yearOf } from '../domain/plain-date.ts';
import { dateAt } from '../domain/zoned-time.ts';
import { appendAudit, type AuditFact } from './audit.ts';
import { nextNumber } from './counters.ts';
import type { Database, Transaction } from './database.ts';
import type { CaseRecord, Prisma } from './generated/client.ts';
import { correctApplication } from './correct-application.ts';
import type { CaseCipher } from './case-cipher.ts';
import { recordPlan } from './record-plan.ts';

/** Steps, case row, audit, plan and notices in one transaction; a second call with the same steps changes nothing. */
export function stepRecorder(db: Database, cipher: CaseCipher): RecordPort {
  return { record: (input) => db.$transaction((tx) => record(tx, cipher, input), { timeout: 15_000 }) };
}

async function record(tx: Transaction, cipher: CaseCipher, input: RecordInput): Promise<RecordedSteps> {
  const row = await lockCase(tx, input.caseNumber);
  const fresh = await freshSteps(tx, input, row);
  const seq = row.actSeq + fresh.length;
  const numbers = await allocate(tx, row, fresh);
  if (fresh.length > 0) {
    await tx.caseStep.createMany({ data: fresh.map((step) => stepRow(input, step)) });
    await appendAudit(
      tx,
      fresh.map((step) => auditFact(input, step)),
    );
    const corrected = fresh.find((step) => step.kind === 'correct');
    if (corrected && input.by?.sealed) {
      const { actId, actor, sealed } = input.by;
      const act = { caseNumber: input.caseNumber, actId, actor, sealed, at: new Date(corrected.at) };
      await correctApplication(tx, cipher, act);
    }
  }
  // A repeated call may carry an older picture of the case than the row already shows.
  const current = (fresh.length > 0 || row.actSeq === input.baseSeq) && row.stage !== 'archived';
  await recordPlan(tx, input, { realm: row.realm as Realm, current, now: Date.now() });
  if (current) {
    await tx.caseRecord.updateMany(caseUpdate(input, seq, numbers));
  }
  return {
    seq,
    receiptNumber: numbers.receiptNumber ?? row.receiptNumber ?? undefined,
    certificateNumber: numbers.certificateNumber ?? row.certificateNumber ?? undefined,
  };
}

/**
 * The steps not on record yet, numbered after those that are. Usually all of them. When the engine or the
 * database was lost in the middle of a turn, the record may be ahead of the case: steps of this very turn are
 * taken as done, and a step of a turn the engine has forgotten, which nobody was ever told of, is voided.
 */
async function freshSteps(tx: Transaction, input: RecordInput, row: LockedCase): Promise<readonly Step[]> {
  if (row.actSeq === input.baseSeq || input.steps.length === 0) return input.steps;
  const ahead = await tx.caseStep.findMany({
    where: { caseNumber: input.caseNumber, seq: { gt: input.baseSeq } },
    select: { seq: true, actId: true, kind: true },
  });
  const known = new Set(ahead.map(({ actId }) => actId));
  const own = new Set(input.steps.map((step) => keyOf(input, step)));
  const missing = input.steps.filter((step) => !known.has(keyOf(input, step)));
  if (missing.length > 0) {
    const forgotten = ahead.filter(({ actId, kind }) => !own.has(actId) && !NOT_THE_CASES_OWN.includes(kind));
    await voidSteps(tx, input, forgotten);
  }
  return missing.map((step, index) => ({ ...step, seq: row.actSeq + 1 + index }));
}

/** Steps that others than the case's own turns write, or that are void already. */
const NOT_THE_CASES_OWN = ['archive', 'voided'];

/** Keeps what was written, under a kind that counts for nothing, and frees its act id for the act to come again. */
async function voidSteps(
  tx: Transaction,
  { caseNumber, now }: RecordInput,
  steps: readonly { readonly seq: number; readonly actId: string; readonly kind: string }[],
): Promise<void> {
  for (const { seq, actId, kind } of steps) {
    await tx.caseStep.update({
      where: { caseNumber_seq: { caseNumber, seq } },
      data: { kind: 'voided', actId: `${actId}/voided-${seq}`, detail: { kind } },
    });
  }
  await appendAudit(
    tx,
    steps.map(({ seq, kind }) => ({
      stream: caseNumber,
      at: new Date(now),
      actor: 'clock',
      role: 'system',
      action: 'voided',
      detail: { seq, kind },
    })),
  );
}

function auditFact(input: RecordInput, step: Step): AuditFact {
  return {
    stream: input.caseNumber,
    at: new Date(step.at),
    actor: actorOf(input, step),
    role: roleOf(input, step),
    action: step.kind,
    detail: { seq: step.seq, from: step.from, to: step.to },
  };
}

function keyOf(input: RecordInput, step: Step): string {
  return stepKey(step, isAct(input, step) ? input.by?.actId : undefined);
}

type Numbers = Omit<RecordedSteps, 'seq'>;

type LockedCase = Pick<
  CaseRecord,
  'caseNumber' | 'realm' | 'stage' | 'actSeq' | 'receiptNumber' | 'certificateNumber'
> & { readonly divisionCode: string };

async function lockCase(tx: Transaction, caseNumber: string): Promise<LockedCase> {
  const [row] = await tx.$queryRaw<LockedCase[]>`
    SELECT c.case_number AS "caseNumber", c.realm, c.stage, c.act_seq AS "actSeq",
           c.receipt_number AS "receiptNumber", c.certificate_number AS "certificateNumber",
           v.division_code AS "divisionCode"
    FROM case_record c JOIN venue v ON v.id = coalesce(c.accepting_venue_id, c.venue_id)
    WHERE c.case_number = ${caseNumber} FOR UPDATE OF c`;
  if (!row) throw new Error(`no case ${caseNumber}`);
  return row;
}

/** Draws the numbers the new steps ask for: one receipt and one certificate number a case, ever. */
async function allocate(tx: Transaction, row: LockedCase, steps: readonly Step[]): Promise<Numbers> {
  const numbers: { receiptNumber?: string; certificateNumber?: string } = {};
  for (const { allocate: kind, at } of steps) {
    const year = yearOf(dateAt(at));
    const series = `${kind ?? ''}:${row.realm}:${row.divisionCode}:${year}`;
    const parts = { division: row.divisionCode, year };
    // A rehearsal draws from series of its own, and its numbers can't be taken for real ones.
    const mark = row.realm === 'rehearsal' ? 'R' : '';
    if (kind === 'receipt' && !row.receiptNumber) {
      numbers.receiptNumber =
        mark + formatReceiptNumber({ ...parts, sequence: await nextNumber(tx, series) });
    }
    if (kind === 'certificate' && !row.certificateNumber) {
      numbers.certificateNumber =
        mark + formatCertificateNumber({ ...parts, sequence: await nextNumber(tx, series) });
    }
  }
  return numbers;
}

/** A person's own step; what the clock did on the way is not theirs. */
function isAct(input: RecordInput, step: Step): boolean {
  return step.kind === input.by?.kind;
}
function actorOf(input: RecordInput, step: Step): string {
  return isAct(input, step) ? (input.by?.actor ?? 'clock') : 'clock';
}
function roleOf(input: RecordInput, step: Step): string {
  return isAct(input, step) ? (input.by?.role ?? 'system') : 'system';
}

function stepRow(input: RecordInput, step: Step): Prisma.CaseStepCreateManyInput {
  const own = isAct(input, step) ? input.by : undefined;
  return {
    caseNumber: input.caseNumber,
    seq: step.seq,
    actId: keyOf(input, step),
    kind: step.kind,
    actor: actorOf(input, step),
    role: roleOf(input, step),
    venueId: own?.venueId ?? null,
    at: new Date(step.at),
    fromStage: step.from,
    toStage: step.to,
    detail: step.detail as Prisma.InputJsonObject,
    sealed: own?.sealed ? new Uint8Array(Buffer.from(own.sealed, 'base64')) : null,
  };
}

function caseUpdate(input: RecordInput, seq: number, numbers: Numbers): Prisma.CaseRecordUpdateManyArgs {
  const { snapshot, resume } = input;
  const clock = snapshot.clock;
  return {
    where: { caseNumber: input.caseNumber },
    data: {
      stage: snapshot.stage,
      stageSince: new Date(snapshot.stageSince),
      outcome: snapshot.outcome ?? null,
      flags: [...snapshot.flags],
      attention: snapshot.attention as unknown as Prisma.InputJsonArray,
      needsAttention: snapshot.attention.length > 0,
      acceptingVenueId: snapshot.acceptingVenueId ?? null,
      actSeq: seq,
      deadlineVersion: snapshot.deadlineVersion,
      nextDeadline: snapshot.nextWake ? new Date(snapshot.nextWake.at) : null,
      nextDeadlineKind: snapshot.nextWake?.kind ?? null,
      updatedAt: new Date(),
      ...(resume
        ? {
            resumeState: { ...resume, seq } as unknown as Prisma.InputJsonObject,
            policyVersion: resume.policyVersion ?? null,
          }
        : {}),
      ...(clock
        ? {
            clock: clock as unknown as Prisma.InputJsonObject,
            receivedOn: clock.receivedOn,
            coolingOffLastDay: clock.coolingOffLastDay,
            claimFirstDay: clock.claimFirstDay,
            claimLastDay: clock.claimLastDay,
          }
        : {}),
      ...(numbers.receiptNumber ? { receiptNumber: numbers.receiptNumber } : {}),
      ...(numbers.certificateNumber ? { certificateNumber: numbers.certificateNumber } : {}),
    },
  };
}
