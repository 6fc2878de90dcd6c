import type { Application } from '../../../domain/application/application.ts';
import { PARTIES } from '../../../domain/case/vocabulary.ts';
import type { Joined } from '../../support/cases/join-cases.ts';
import { inventedApplication } from '../../support/cases/invented.ts';
import type { Owed } from './ledger.ts';

/** Every second party has given an e-mail address. */
const hasEmail = (couple: number, party: number): boolean => (couple + party) % 2 === 0;

/** Couples whose numbers and addresses follow from their index, so that the same ones meet the same faults. */
export function numberedCouple(couple: number): Application {
  const contact = (party: number) => ({
    mobile: `100${String(couple * 2 + party).padStart(8, '0')}`,
    ...(hasEmail(couple, party) ? { email: `p${couple}-${party}@faults.example` } : {}),
  });
  return inventedApplication({ a: contact(0), b: contact(1) });
}

/** The one notice that each party of a case is to get. */
export function owedTo({ caseNumber, application }: Joined): Owed[] {
  return PARTIES.map((party, index) => {
    const { mobile, email } = application.parties[index === 0 ? 0 : 1];
    return { caseNumber, party, mobile, email };
  });
}
