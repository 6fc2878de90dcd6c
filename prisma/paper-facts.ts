import type { PaperFacts, PaperStep } from '../activities/papers/port.ts';
import type { Locale, PartyLabel, Stage } from '../domain/case/vocabulary.ts';
import type { ClockReading } from '../domain/clock/periods.ts';
import type { RefusalReasonCode } from '../domain/refusal-reasons.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database } from './database.ts';
import type { CaseStep } from './generated/client.ts';
import { CaseUnknown, readApplication } from './read-application.ts';

/** What the papers of a case say. @throws CaseUnknown, CaseKeyErased */
export function paperFacts(db: Database, cipher: CaseCipher): (caseNumber: string) => Promise<PaperFacts> {
  return async (caseNumber) => {
    const [row, application] = await Promise.all([
      db.caseRecord.findUnique({
        where: { caseNumber },
        include: { venue: true, steps: { orderBy: { seq: 'asc' } } },
      }),
      readApplication(db, cipher, caseNumber),
    ]);
    const opened = row?.steps[0];
    if (!row || !opened) throw new CaseUnknown(caseNumber);
    const office = row.acceptingVenueId
      ? await db.venue.findUniqueOrThrow({ where: { id: row.acceptingVenueId } })
      : row.venue;
    const last = (...kinds: string[]): PaperStep | undefined => {
      const step = row.steps.findLast(({ kind }) => kinds.includes(kind));
      return step && paperStep(step);
    };
    const steps = {
      accepted: last('accept', 'import'),
      withdrawn: last('withdraw'),
      refusedAcceptance: last('refuse-acceptance'),
      refusedRegistration: last('refuse-registration'),
      registered: last('register'),
    };
    return {
      caseNumber,
      rehearsal: row.realm === 'rehearsal',
      locale: row.locale as Locale,
      officeName: office.nameHans,
      stage: (row.stage === 'archived' ? (row.outcome ?? row.stage) : row.stage) as Stage,
      application,
      ...(row.receiptNumber ? { receiptNumber: row.receiptNumber } : {}),
      ...(row.certificateNumber ? { certificateNumber: row.certificateNumber } : {}),
      ...(row.clock ? { clock: row.clock as unknown as ClockReading } : {}),
      opened: paperStep(opened),
      ...Object.fromEntries(Object.entries(steps).filter(([, step]) => step !== undefined)),
    };
  };
}

function paperStep(step: CaseStep): PaperStep {
  const detail = step.detail as { party?: PartyLabel; reason?: RefusalReasonCode; registrar?: string };
  return {
    at: step.at.getTime(),
    actor: step.actor,
    ...(detail.party ? { party: detail.party } : {}),
    ...(detail.reason ? { reason: detail.reason } : {}),
    ...(detail.registrar ? { registrar: detail.registrar } : {}),
  };
}
