import type { Application, ApplicationParty } from '../domain/application/application.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database, Transaction } from './database.ts';

/** Thrown when there is no such case. */
export class CaseUnknown extends Error {
  override readonly name = 'CaseUnknown';
}

/** The application of a case, opened. @throws CaseUnknown, CaseKeyErased */
export async function readApplication(
  db: Database | Transaction,
  cipher: CaseCipher,
  caseNumber: string,
): Promise<Application> {
  const row = await db.caseRecord.findUnique({
    where: { caseNumber },
    select: {
      channel: true,
      locale: true,
      venueId: true,
      sealedApplication: true,
      parties: { orderBy: { label: 'asc' } },
    },
  });
  if (!row) throw new CaseUnknown(caseNumber);
  const { channel, locale, venueId } = row;
  const rest = await cipher.open<object>(caseNumber, 'case_record.application', row.sealedApplication);
  const parties = await Promise.all(
    row.parties.map(async (party) => ({
      ...(await cipher.open<Omit<ApplicationParty, 'idType' | 'safety'>>(
        caseNumber,
        `party.${party.label}`,
        party.sealed,
      )),
      idType: party.idType,
      safety: party.safety,
    })),
  );
  return { channel, locale, venueId, parties, ...rest } as unknown as Application;
}
