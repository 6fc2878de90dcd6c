import type { HouseholdEntry, MarriageEntry } from './port.ts';
import type { FoundPoint } from './pre-check-store.ts';

/** Register checks at divorce are practice, not law: a person decides on them, except that nobody can divorce twice. */
const PRACTICE = '部门间信息核验';

export function marriageFindings(entry: MarriageEntry, declaredOn: string): FoundPoint[] {
  switch (entry.status) {
    case 'married':
      return entry.registeredOn !== undefined && entry.registeredOn !== declaredOn
        ? [point('MARRIAGE_DATE_DIFFERS', 'person', PRACTICE)]
        : [];
    case 'divorced':
      return [point('ALREADY_DIVORCED', 'blocks', '民法典 1080')];
    case 'annulled':
      return [point('MARRIAGE_ANNULLED', 'blocks', '婚姻登记条例 20')];
    case 'not-found':
      return [point('MARRIAGE_NOT_FOUND', 'person', PRACTICE)];
    case 'other-couple':
      return [point('NOT_MARRIED_TO_EACH_OTHER', 'person', '婚姻登记条例 15')];
  }
}

export function householdFindings(entry: HouseholdEntry, party: string): FoundPoint[] {
  switch (entry.status) {
    case 'match':
      return entry.maritalStatus !== undefined && entry.maritalStatus !== 'married'
        ? [point('HOUSEHOLD_STATUS_DIFFERS', 'informs', PRACTICE, party)]
        : [];
    case 'name-differs':
      return [point('HOUSEHOLD_NAME_DIFFERS', 'person', PRACTICE, party)];
    case 'not-found':
      return [point('HOUSEHOLD_NOT_FOUND', 'person', PRACTICE, party)];
    case 'deceased':
      return [point('PARTY_DECEASED', 'blocks', '民法典 1076', party)];
  }
}

function point(code: string, severity: FoundPoint['severity'], basis: string, ref = ''): FoundPoint {
  return { code, severity, basis, ref };
}
