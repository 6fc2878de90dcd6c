import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import { type PaperKind, type PaperPropsByKind, renderPaper } from '../../templates/documents/index.ts';
import * as props from './paper-props.ts';
import type { PaperFacts, PaperPress, Printable } from './port.ts';

/** Prints the papers of cases from what is on record. */
export function paperPress(factsOf: (caseNumber: string) => Promise<PaperFacts>): PaperPress {
  return { print: async (caseNumber, paper) => printPaper(await factsOf(caseNumber), paper) };
}

/** One paper; undefined while there is none. @throws PaperGlyphError */
export function printPaper(facts: PaperFacts, paper: Printable): Promise<Buffer | undefined> {
  const label: PartyLabel = paper.endsWith('-b') ? 'b' : 'a';
  switch (paper) {
    case 'application':
      return render('application', props.application(facts, label));
    case 'receipt':
      return render('receipt', props.receipt(facts, label));
    case 'non-acceptance':
      return render('non-acceptance', props.nonAcceptance(facts, label));
    case 'withdrawal-confirmation':
      return render('withdrawal-confirmation', props.withdrawalConfirmation(facts, label));
    case 'interview-record-a':
    case 'interview-record-b':
      return render('interview-record', props.interviewRecord(facts, label));
    case 'declaration-a':
    case 'declaration-b':
      return render('declaration', props.declaration(facts, label));
    case 'non-registration':
      return render('non-registration', props.nonRegistration(facts, label));
    case 'review-form':
      return render('review-form', props.reviewForm(facts, label));
    case 'certificate-a':
    case 'certificate-b':
      return render('certificate', props.certificate(facts, label));
  }
}

async function render<K extends PaperKind>(
  kind: K,
  told: PaperPropsByKind[K] | undefined,
): Promise<Buffer | undefined> {
  return told === undefined ? undefined : renderPaper(kind, told);
}
