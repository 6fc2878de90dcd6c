import { missingCharacters } from './layout/fonts.ts';
import { application, type ApplicationProps } from './papers/application.ts';
import { certificate, type CertificateProps } from './papers/certificate.ts';
import { declaration, type DeclarationProps } from './papers/declaration.ts';
import { interviewRecord, type InterviewRecordProps } from './papers/interview-record.ts';
import { receipt, type ReceiptProps } from './papers/receipt.ts';
import { nonAcceptance, nonRegistration, type RefusalLetterProps } from './papers/refusal-letter.ts';
import { reviewForm, type ReviewFormProps } from './papers/review-form.ts';
import { withdrawalApplication, type WithdrawalApplicationProps } from './papers/withdrawal-application.ts';
import {
  withdrawalConfirmation,
  type WithdrawalConfirmationProps,
} from './papers/withdrawal-confirmation.ts';

/** Papers of the procedure, in the order in which a case may need them. */
export const PAPER_KINDS = [
  'application',
  'receipt',
  'non-acceptance',
  'withdrawal-application',
  'withdrawal-confirmation',
  'interview-record',
  'declaration',
  'non-registration',
  'review-form',
  'certificate',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What each paper has to be told. */
export interface PaperPropsByKind {
  application: ApplicationProps;
  receipt: ReceiptProps;
  'non-acceptance': RefusalLetterProps;
  'withdrawal-application': WithdrawalApplicationProps;
  'withdrawal-confirmation': WithdrawalConfirmationProps;
  'interview-record': InterviewRecordProps;
  declaration: DeclarationProps;
  'non-registration': RefusalLetterProps;
  'review-form': ReviewFormProps;
  certificate: CertificateProps;
}

const PAPERS: { readonly [K in PaperKind]: (props: PaperPropsByKind[K]) => Promise<Buffer> } = {
  application,
  receipt,
  'non-acceptance': nonAcceptance,
  'withdrawal-application': withdrawalApplication,
  'withdrawal-confirmation': withdrawalConfirmation,
  'interview-record': interviewRecord,
  declaration,
  'non-registration': nonRegistration,
  'review-form': reviewForm,
  certificate,
};

/** A character cannot be printed; the paper must be made out by hand. The message holds code points, no names. */
export class PaperGlyphError extends Error {
  override readonly name = 'PaperGlyphError';
}

/**
 * One paper as PDF/A-2b. The same props give the same bytes.
 * @throws PaperGlyphError when the font lacks a character of the props; retrying does not help.
 */
export async function renderPaper<K extends PaperKind>(kind: K, props: PaperPropsByKind[K]): Promise<Buffer> {
  const missing = missingCharacters(textsOf(props).join(''));
  if (missing.length > 0) {
    const codePoints = missing.map(
      (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`,
    );
    throw new PaperGlyphError(`no glyph for ${codePoints.join(', ')}`);
  }
  return PAPERS[kind](props);
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
