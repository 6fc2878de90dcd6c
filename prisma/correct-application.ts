import type { Application, ApplicationParty } from '../domain/application/application.ts';
import { PARTIES } from '../domain/case/vocabulary.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Transaction } from './database.ts';
import { mustBeWarned } from './call-outcomes.ts';
import { proposeNumber } from './number-changes.ts';

/** What `correct` carries sealed: only the fields that change. */
export interface Correction {
  readonly reason: string;
  readonly parties?: { readonly a?: Partial<ApplicationParty>; readonly b?: Partial<ApplicationParty> };
  readonly application?: Partial<Pick<Application, 'marriage' | 'agreement' | 'minorChildren'>>;
}

/** The act that corrects. */
export interface CorrectingAct {
  readonly caseNumber: string;
  readonly actId: string;
  readonly actor: string;
  readonly at: Date;
  /** Base64. */
  readonly sealed: string;
}

/**
 * Applies a sealed correction to the case's personal data, in the transaction that records the act. A new mobile
 * number is only taken down: it becomes the party's when they have confirmed it. While staff must still warn the
 * party, a second person approves it first: one person alone must not turn a warning away.
 */
export async function correctApplication(
  tx: Transaction,
  cipher: CaseCipher,
  { caseNumber, actId, actor, at, sealed }: CorrectingAct,
): Promise<void> {
  const correction = await cipher.open<Correction>(
    caseNumber,
    'case_step.sealed',
    Buffer.from(sealed, 'base64'),
  );
  const ids: string[] = [];
  for (const label of PARTIES) {
    const row = await tx.party.findUniqueOrThrow({ where: { caseNumber_label: { caseNumber, label } } });
    const personal = await cipher.open<ApplicationParty>(caseNumber, `party.${label}`, row.sealed);
    const { idType, safety, mobile, ...changes } = correction.parties?.[label] ?? {};
    if (mobile !== undefined && mobile !== personal.mobile) {
      const fourEyes = await mustBeWarned(tx, caseNumber, label);
      const number = { caseNumber, party: label, mobile, occasion: actId, fourEyes, by: actor, at };
      await proposeNumber(tx, cipher, number);
    }
    const next = { ...personal, ...changes };
    ids.push(next.idNumber);
    await tx.party.update({
      where: { caseNumber_label: { caseNumber, label } },
      data: {
        sealed: await cipher.seal(caseNumber, `party.${label}`, next),
        nameIndex: await cipher.index(next.name),
        idIndex: await cipher.index(next.idNumber),
        ...(idType ? { idType } : {}),
        ...(safety === undefined ? {} : { safety }),
      },
    });
  }
  const [a = '', b = ''] = ids;
  const row = await tx.caseRecord.findUniqueOrThrow({
    where: { caseNumber },
    select: { sealedApplication: true },
  });
  const application = await cipher.open<object>(caseNumber, 'case_record.application', row.sealedApplication);
  await tx.caseRecord.update({
    where: { caseNumber },
    data: {
      coupleIndex: await cipher.coupleIndex(a, b),
      sealedApplication: await cipher.seal(caseNumber, 'case_record.application', {
        ...application,
        ...correction.application,
      }),
    },
  });
}
