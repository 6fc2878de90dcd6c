/** `GM01-2026-000123`: office code, year of the application, sequence of that office in that year. */
export type CaseNumber = string & { readonly __brand: 'CaseNumber' };
/** `L440311-2026-000123`: the 离婚证字号, one per couple. */
export type CertificateNumber = string & { readonly __brand: 'CertificateNumber' };
/** `S440311-2026-000123`: the number of an acceptance receipt (受理回执单). */
export type ReceiptNumber = string & { readonly __brand: 'ReceiptNumber' };

export interface CaseNumberParts {
  /** Two capital letters and two digits, `GM01`. */
  officeCode: string;
  year: number;
  /** 1 to 999999. */
  sequence: number;
  /** The case lives in the rehearsal namespace; its number starts with `R`. */
  rehearsal: boolean;
}

/** Parts of a certificate or receipt number. */
export interface DivisionNumberParts {
  /** Six-digit code of the registering office's administrative division, `440311`. */
  division: string;
  year: number;
  sequence: number;
}

const CASE_SHAPE = /^(R?)([A-Z]{2}\d{2})-(\d{4})-(\d{6})$/;
const OFFICE_CODE = /^[A-Z]{2}\d{2}$/;
const DIVISION_CODE = /^\d{6}$/;

/** @throws RangeError when a part is outside its range */
export function formatCaseNumber(parts: CaseNumberParts): CaseNumber {
  if (!OFFICE_CODE.test(parts.officeCode)) throw new RangeError(`not an office code: ${parts.officeCode}`);
  const tail = yearAndSequence(parts.year, parts.sequence);
  return `${parts.rehearsal ? 'R' : ''}${parts.officeCode}-${tail}` as CaseNumber;
}

/** Undefined when the text is not a case number. */
export function parseCaseNumber(text: string): CaseNumberParts | undefined {
  const match = CASE_SHAPE.exec(text);
  if (!match) return undefined;
  const [, mark = '', officeCode = '', year, sequence] = match;
  if (Number(sequence) === 0) return undefined;
  return { officeCode, year: Number(year), sequence: Number(sequence), rehearsal: mark === 'R' };
}

/** Narrows text from outside. */
export function isCaseNumber(text: string): text is CaseNumber {
  return parseCaseNumber(text) !== undefined;
}

/** Whether the case lives in the rehearsal namespace. An office code has two letters, so `R` is never its first. */
export function isRehearsal(caseNumber: CaseNumber): boolean {
  return parseCaseNumber(caseNumber)?.rehearsal === true;
}

/**
 * The 离婚证字号: `L`, division code, year, six-digit sequence; the sequence runs per office code and year and
 * one number serves both booklets of a couple. @throws RangeError when a part is outside its range
 */
export function formatCertificateNumber(parts: DivisionNumberParts): CertificateNumber {
  return divisionNumber('L', parts) as CertificateNumber;
}

/** Undefined when the text is not a certificate number of the present form. */
export function parseCertificateNumber(text: string): DivisionNumberParts | undefined {
  return parseDivisionNumber('L', text);
}

/**
 * The receipt number. No national form is known to us: `S` with the layout of the certificate number is the
 * office's own. @throws RangeError when a part is outside its range
 */
export function formatReceiptNumber(parts: DivisionNumberParts): ReceiptNumber {
  return divisionNumber('S', parts) as ReceiptNumber;
}

/** Undefined when the text is not a receipt number. */
export function parseReceiptNumber(text: string): DivisionNumberParts | undefined {
  return parseDivisionNumber('S', text);
}

/**
 * Whether an old marriage certificate's number has a present form: `J` (or reissued `BJ`), division code, year,
 * sequence. Certificates from before 2010 have free forms, so `false` is a hint, not an error.
 */
export function isModernMarriageCertificateNumber(text: string): boolean {
  return /^B?J\d{6}-\d{4}-\d{6}$/.test(text);
}

function divisionNumber(letter: 'L' | 'S', parts: DivisionNumberParts): string {
  if (!DIVISION_CODE.test(parts.division)) throw new RangeError(`not a division code: ${parts.division}`);
  return `${letter}${parts.division}-${yearAndSequence(parts.year, parts.sequence)}`;
}

function parseDivisionNumber(letter: 'L' | 'S', text: string): DivisionNumberParts | undefined {
  const match = /^([LS])(\d{6})-(\d{4})-(\d{6})$/.exec(text);
  if (match?.[1] !== letter || Number(match[4]) === 0) return undefined;
  return { division: match[2] ?? '', year: Number(match[3]), sequence: Number(match[4]) };
}

function yearAndSequence(year: number, sequence: number): string {
  if (!Number.isInteger(year) || year < 1949 || year > 9999) throw new RangeError(`not a year: ${year}`);
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 999_999) {
    throw new RangeError(`not a sequence of six digits: ${sequence}`);
  }
  return `${year}-${String(sequence).padStart(6, '0')}`;
}
