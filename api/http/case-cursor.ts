import { isCaseNumber } from '../../domain/numbers.ts';
import { invalidFields } from '../problems/problem.ts';

/** Where the next page of a list in the order of case numbers begins. */
export function cursorOf(caseNumber: string): string {
  return Buffer.from(caseNumber).toString('base64url');
}

/** @throws Problem 422 CURSOR_INVALID */
export function readCursor(cursor: string): string {
  const caseNumber = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!isCaseNumber(caseNumber)) throw invalidFields([{ field: 'cursor', code: 'CURSOR_INVALID' }]);
  return caseNumber;
}
