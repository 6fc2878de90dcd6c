import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatCaseNumber,
  formatCertificateNumber,
  formatReceiptNumber,
  isCaseNumber,
  isModernMarriageCertificateNumber,
  isRehearsal,
  parseCaseNumber,
  parseCertificateNumber,
  parseReceiptNumber,
} from './numbers.ts';

const division = { division: '440311', year: 2026, sequence: 123 };

describe('case numbers', () => {
  it('are written with six digits, and with R in a rehearsal', () => {
    const parts = { officeCode: 'GM01', year: 2026, sequence: 123, rehearsal: false };
    expect(formatCaseNumber(parts)).toBe('GM01-2026-000123');
    expect(isRehearsal(formatCaseNumber(parts))).toBe(false);
    const rehearsed = formatCaseNumber({ ...parts, rehearsal: true });
    expect(rehearsed).toBe('RGM01-2026-000123');
    expect(isRehearsal(rehearsed)).toBe(true);
  });

  it('do not take an office code that starts with R for a rehearsal', () => {
    const number = formatCaseNumber({ officeCode: 'RM01', year: 2026, sequence: 1, rehearsal: false });
    expect(isRehearsal(number)).toBe(false);
  });

  it('survive writing and reading', () => {
    fc.assert(
      fc.property(
        fc.record({
          officeCode: fc.stringMatching(/^[A-Z]{2}\d{2}$/),
          year: fc.integer({ min: 1949, max: 9999 }),
          sequence: fc.integer({ min: 1, max: 999_999 }),
          rehearsal: fc.boolean(),
        }),
        (parts) => expect(parseCaseNumber(formatCaseNumber(parts))).toEqual(parts),
      ),
      { seed: 20261123 },
    );
  });

  it.each([
    '',
    'GM01-2026-123',
    'gm01-2026-000123',
    'GM01-2026-000000',
    'XGM01-2026-000123',
    'GM01-2026-000123 ',
    'GM1-2026-000123',
  ])('refuse %j', (text) => expect(isCaseNumber(text)).toBe(false));

  it.each([
    { officeCode: 'G01', year: 2026, sequence: 1 },
    { officeCode: 'GM01', year: 26, sequence: 1 },
    { officeCode: 'GM01', year: 2026, sequence: 0 },
    { officeCode: 'GM01', year: 2026, sequence: 1_000_000 },
    { officeCode: 'GM01', year: 2026, sequence: 1.5 },
  ])('cannot be made of %j', (parts) => {
    expect(() => formatCaseNumber({ ...parts, rehearsal: false })).toThrow(RangeError);
  });
});

describe('certificate and receipt numbers', () => {
  it('differ by their letter only and are not taken for each other', () => {
    expect(formatCertificateNumber(division)).toBe('L440311-2026-000123');
    expect(formatReceiptNumber(division)).toBe('S440311-2026-000123');
    expect(parseCertificateNumber('L440311-2026-000123')).toEqual(division);
    expect(parseReceiptNumber('S440311-2026-000123')).toEqual(division);
    expect(parseCertificateNumber('S440311-2026-000123')).toBeUndefined();
    expect(parseReceiptNumber('L440311-2026-000123')).toBeUndefined();
    expect(parseCertificateNumber('L440311-2026-000000')).toBeUndefined();
  });

  it('need a six-digit division', () => {
    expect(() => formatCertificateNumber({ ...division, division: '44031' })).toThrow(RangeError);
  });

  it.each([
    ['J440311-2012-000123', true],
    ['BJ440311-2012-000123', true],
    ['L440311-2012-000123', false],
    ['川［2001］广岳双结字010', false],
  ])('%s as a marriage certificate of the present form: %s', (text, modern) => {
    expect(isModernMarriageCertificateNumber(text)).toBe(modern);
  });
});
