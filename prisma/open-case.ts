import type { KeyStore } from '../adapters/key-store/port.ts';
import type { Application, ApplicationParty } from '../domain/application/application.ts';
import { nextWake } from '../domain/case/next-wake.ts';
import { type CaseOpening, type CaseState, openCase, patched, type Realm } from '../domain/case/state.ts';
import { PARTIES, type Flag, type PartyLabel, type Role } from '../domain/case/vocabulary.ts';
import { isCrossBorder } from '../domain/identity/id-types.ts';
import { formatCaseNumber } from '../domain/numbers.ts';
import { yearOf } from '../domain/plain-date.ts';
import type { ReminderPolicy } from '../domain/reminders/policy.ts';
import { dateAt, type EpochMs } from '../domain/zoned-time.ts';
import type { ResumeState } from '../activities/records/port.ts';
import type { CaseStart, ImportedCase } from '../domain/case/case-start.ts';
import { noticeOrders } from '../domain/case/notice-orders.ts';
import { appendAudit } from './audit.ts';
import { planNotices } from './record-plan.ts';
import { type CaseCipher, sealJson } from './case-cipher.ts';
import { nextNumber } from './counters.ts';
import type { Database, Transaction } from './database.ts';
import type { Prisma } from './generated/client.ts';
import { wrappedKeys } from './wrapped-keys.ts';

export interface OpenCaseInput {
  /** Normalised (`domain/application/normalize-application.ts`), or exact-match search would miss it. */
  readonly application: Application;
  readonly realm: Realm;
  readonly actor: string;
  readonly role: Role;
  /** Staff's or the applicants' key for this opening. */
  readonly actId: string;
  readonly now: EpochMs;
  /** What the district reminds of on this day; without it the case keeps to what the first release did. */
  readonly policy?: ReminderPolicy;
  /** A running paper case; its `sealed` reason is added here, under the case's new key. */
  readonly imported?: Omit<ImportedCase, 'sealed'> & { readonly reason: string };
}

export interface OpenedCase {
  readonly caseNumber: string;
  readonly start: CaseStart;
}

/** Thrown when the venue does not exist or accepts nothing. */
export class VenueUnknown extends Error {
  override readonly name = 'VenueUnknown';
}

/**
 * Writes a new case: number, key, sealed application, first step and audit in one transaction. The workflow is
 * started afterwards with the answer's `start`, which the row keeps until {@link markStarted}, so that a start
 * lost to a crash is repeated and none is made twice (the workflow id is the case number).
 * @throws VenueUnknown
 */
export async function writeNewCase(
  db: Database,
  keys: KeyStore,
  cipher: CaseCipher,
  input: OpenCaseInput,
): Promise<OpenedCase> {
  const indexes = await blindIndexes(cipher, input.application);
  return db.$transaction((tx) => write(tx, keys, input, indexes), { timeout: 15_000 });
}

/** The workflow runs: the start input is no longer needed. */
export async function markStarted(db: Database, caseNumber: string): Promise<void> {
  await db.caseRecord.updateMany({
    where: { caseNumber, engineStarted: false },
    data: { engineStarted: true, startInput: null as unknown as Prisma.NullableJsonNullValueInput },
  });
}

/** A case nobody has acted on yet can be started again like any other; one that joins running keeps its first turn. */
function resumeStateOf(state: CaseState): Prisma.InputJsonObject {
  const { policy } = state;
  const kept: ResumeState = {
    ...patched(state, { policy: undefined }),
    ...(policy ? { policyVersion: policy.version } : {}),
  };
  return kept as unknown as Prisma.InputJsonObject;
}

async function write(
  tx: Transaction,
  keys: KeyStore,
  input: OpenCaseInput,
  indexes: Awaited<ReturnType<typeof blindIndexes>>,
): Promise<OpenedCase> {
  const { application, realm, now, policy } = input;
  const venue = await tx.venue.findUnique({ where: { id: application.venueId } });
  if (!venue?.officeCode) throw new VenueUnknown(application.venueId);
  const year = yearOf(dateAt(now));
  const rehearsal = realm === 'rehearsal';
  const sequence = await nextNumber(tx, `case:${realm}:${venue.officeCode}:${year}`);
  const caseNumber = formatCaseNumber({ rehearsal, officeCode: venue.officeCode, year, sequence });
  const key = await keys.createCaseKey(caseNumber, wrappedKeys(tx));
  const opening: CaseOpening = {
    caseNumber,
    realm,
    channel: application.channel,
    venueId: venue.id,
    flags: flagsOf(application),
    safety: PARTIES.filter((_, index) => application.parties[index]?.safety),
    mailable: PARTIES.filter((_, index) => application.parties[index]?.email),
    ...(policy ? { policy } : {}),
    closes: venue.closes,
    openedAt: now,
    ...(input.imported ? {} : { planOnRecord: true }),
    seq: 1,
  };
  const start: CaseStart = input.imported
    ? { opening, imported: sealReason(key, caseNumber, input.imported) }
    : { opening };
  const at = new Date(now);
  const state = openCase(opening, now);
  const wake = nextWake(state);
  const { channel, locale, venueId, parties, ...rest } = application;
  await tx.caseRecord.create({
    data: {
      caseNumber,
      realm,
      channel,
      locale,
      venueId,
      stage: state.stage,
      stageSince: at,
      createdAt: at,
      updatedAt: at,
      flags: [...opening.flags],
      actSeq: opening.seq,
      imported: input.imported !== undefined,
      nextDeadline: wake ? new Date(wake.at) : null,
      nextDeadlineKind: wake?.kind ?? null,
      policyVersion: policy?.version ?? null,
      ...(input.imported ? {} : { resumeState: resumeStateOf(state) }),
      coupleIndex: indexes.couple,
      sealedApplication: sealJson(key, caseNumber, 'case_record.application', rest),
      startInput: start as unknown as Prisma.InputJsonObject,
      parties: {
        create: parties.map((party, index) =>
          partyRow(key, caseNumber, party, indexes.parties[index], PARTIES[index]),
        ),
      },
      steps: {
        create: {
          seq: 1,
          actId: input.actId,
          kind: 'open',
          actor: input.actor,
          role: input.role,
          venueId,
          at,
          fromStage: 'draft',
          toStage: 'draft',
          detail: { channel },
        },
      },
    },
  });
  if (opening.planOnRecord) {
    await planNotices(tx, caseNumber, noticeOrders(state, state.planned, now), policy?.version ?? null);
  }
  await appendAudit(tx, [
    {
      stream: caseNumber,
      at,
      actor: input.actor,
      role: input.role,
      action: 'open',
      detail: { seq: 1, channel },
    },
  ]);
  return { caseNumber, start };
}

interface PartyIndexes {
  readonly name: string;
  readonly id: string;
  readonly mobile: string;
}

/** Blind indexes are made before the transaction: it should hold the counter's lock only briefly. */
async function blindIndexes(
  cipher: CaseCipher,
  application: Application,
): Promise<{ couple: string; parties: readonly PartyIndexes[] }> {
  const [a, b] = application.parties;
  const parties = await Promise.all(
    [a, b].map(async (party) => ({
      name: await cipher.index(party.name),
      id: await cipher.index(party.idNumber),
      mobile: await cipher.index(party.mobile),
    })),
  );
  return { couple: await cipher.coupleIndex(a.idNumber, b.idNumber), parties };
}

function partyRow(
  key: Uint8Array,
  caseNumber: string,
  party: ApplicationParty,
  indexes: PartyIndexes | undefined,
  label: PartyLabel | undefined,
): Prisma.PartyCreateWithoutCaseInput {
  if (!indexes || !label) throw new Error('an application has two parties');
  const { idType, safety, ...personal } = party;
  return {
    label,
    idType,
    safety: safety ?? false,
    sealed: sealJson(key, caseNumber, `party.${label}`, personal),
    nameIndex: indexes.name,
    idIndex: indexes.id,
    mobileIndex: indexes.mobile,
  };
}

function flagsOf(application: Application): Flag[] {
  const flags: Flag[] = [];
  if (application.parties.some((party) => party.safety)) flags.push('safety');
  if (application.parties.some((party) => isCrossBorder(party.idType))) flags.push('cross-border');
  return flags;
}

function sealReason(
  key: Uint8Array,
  caseNumber: string,
  imported: NonNullable<OpenCaseInput['imported']>,
): ImportedCase {
  const { reason, ...rest } = imported;
  const sealed = sealJson(key, caseNumber, 'case_step.sealed', { reason });
  return { ...rest, sealed: Buffer.from(sealed).toString('base64') };
}
