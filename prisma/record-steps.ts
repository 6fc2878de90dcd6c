import type { RecordedSteps, RecordInput, RecordPort } from '../activities/records/port.ts';
import { formatCertificateNumber, formatReceiptNumber } from '../domain/numbers.ts';
import type { Step } from '../domain/case/step.ts';
import { yearOf } from '../domain/plain-date.ts';
import { dateAt } from '../domain/zoned-time.ts';
import { appendAudit } from './audit.ts';
import { nextNumber } from './counters.ts';
import type { Database, Transaction } from './database.ts';
import type { CaseRecord, Prisma } from './generated/client.ts';
import { correctApplication } from './correct-application.ts';
import type { CaseCipher } from './case-cipher.ts';

/** Steps, case row, audit and notices in one transaction; a second call with the same steps changes nothing. */
export function stepRecorder(db: Database, cipher: CaseCipher): RecordPort {
  return { record: (input) => db.$transaction((tx) => record(tx, cipher, input), { timeout: 15_000 }) };
}

async function record(tx: Transaction, cipher: CaseCipher, input: RecordInput): Promise<RecordedSteps> {
  const row = await lockCase(tx, input.caseNumber);
  const fresh = input.steps.filter((step) => step.seq > row.actSeq);
  const numbers = await allocate(tx, row, fresh);
  if (fresh.length > 0) {
    await tx.caseStep.createMany({ data: fresh.map((step) => stepRow(input, step)) });
    await appendAudit(
      tx,
      fresh.map((step) => ({
        stream: input.caseNumber,
        at: new Date(step.at),
        actor: actorOf(input, step),
        role: roleOf(input, step),
        action: step.kind,
        detail: { seq: step.seq, from: step.from, to: step.to },
      })),
    );
    if (input.by?.sealed && fresh.some((step) => step.kind === 'correct')) {
      await correctApplication(tx, cipher, input.caseNumber, input.by.sealed);
    }
  }
  await insertNotices(tx, input);
  // A repeated call may carry an older picture of the case than the row already shows.
  if (input.snapshot.seq >= row.actSeq && row.stage !== 'archived')
    await tx.caseRecord.updateMany(caseUpdate(input, numbers));
  return {
    receiptNumber: numbers.receiptNumber ?? row.receiptNumber ?? undefined,
    certificateNumber: numbers.certificateNumber ?? row.certificateNumber ?? undefined,
  };
}

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
async function allocate(tx: Transaction, row: LockedCase, steps: readonly Step[]): Promise<RecordedSteps> {
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
    actId: own?.actId ?? `${step.kind}-${step.seq}`,
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

/** One row for each party and kind under a deadline version; those that stand already are left as they are. */
async function insertNotices(tx: Transaction, input: RecordInput): Promise<void> {
  if (input.notices.length === 0) return;
  await tx.notice.createMany({
    skipDuplicates: true,
    data: input.notices.map((notice) => ({
      id: notice.id,
      caseNumber: input.caseNumber,
      party: notice.party,
      kind: notice.kind,
      deadlineVersion: notice.deadlineVersion,
      offsetDays: notice.offsetDays,
      channels: [...notice.channels],
      state: 'queued',
      dueAt: new Date(notice.dueAt),
      props: notice.props as unknown as Prisma.InputJsonObject,
    })),
  });
}

function caseUpdate(input: RecordInput, numbers: RecordedSteps): Prisma.CaseRecordUpdateManyArgs {
  const { snapshot } = input;
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
      actSeq: snapshot.seq,
      deadlineVersion: snapshot.deadlineVersion,
      nextDeadline: snapshot.nextWake ? new Date(snapshot.nextWake.at) : null,
      nextDeadlineKind: snapshot.nextWake?.kind ?? null,
      updatedAt: new Date(),
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
