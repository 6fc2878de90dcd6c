import { describe, expect, it } from '@jest/globals';
import { formatCaseNumber } from '../domain/numbers.ts';
import { caseNumberOf, caseWorkflowId, NAMESPACE, namespaceOf, REHEARSAL_NAMESPACE } from './names.ts';

const real = formatCaseNumber({ officeCode: 'GM01', year: 2026, sequence: 123, rehearsal: false });
const rehearsed = formatCaseNumber({ officeCode: 'GM01', year: 2026, sequence: 123, rehearsal: true });

describe('names in the engine', () => {
  it.each([real, rehearsed])('lead from case %s to its workflow and back', (caseNumber) => {
    expect(caseWorkflowId(caseNumber)).toBe(`case-${caseNumber}`);
    expect(caseNumberOf(caseWorkflowId(caseNumber))).toBe(caseNumber);
  });

  it.each(['', 'case-', 'case-x', real, `counselling-${real}`, `case-${real}-1`])(
    'find no case in %p',
    (id) => {
      expect(caseNumberOf(id)).toBeUndefined();
    },
  );

  it('put rehearsals apart', () => {
    expect(namespaceOf(real)).toBe(NAMESPACE);
    expect(namespaceOf(rehearsed)).toBe(REHEARSAL_NAMESPACE);
  });
});
