import type { Application, ApplicationParty } from '../domain/application/application.ts';
import { PARTIES } from '../domain/case/vocabulary.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Transaction } from './database.ts';

/** What `correct` carries sealed: only the fields that change. */
export interface Correction {
  readonly reason: string;
  readonly parties?: { readonly a?: Partial<ApplicationParty>; readonly b?: Partial<ApplicationParty> };
  readonly application?: Partial<Pick<Application, 'marriage' | 'agreement' | 'minorChildren'>>;
}

/** Applies a sealed correction to the case's personal data, in the transaction that records the act. */
export async function correctApplication(
  tx: Transaction,
  cipher: CaseCipher,
  caseNumber: string,
  sealed: string,
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
    const { idType, safety, ...changes } = correction.parties?.[label] ?? {};
    const next = { ...personal, ...changes };
    ids.push(next.idNumber);
    await tx.party.update({
      where: { caseNumber_label: { caseNumber, label } },
      data: {
        sealed: await cipher.seal(caseNumber, `party.${label}`, next),
        nameIndex: await cipher.index(next.name),
        idIndex: await cipher.index(next.idNumber),
        mobileIndex: await cipher.index(next.mobile),
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
