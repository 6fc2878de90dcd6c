import type { Application } from '../../domain/application/application.ts';
import type { Locale, PartyLabel, Stage } from '../../domain/case/vocabulary.ts';
import type { ClockReading } from '../../domain/clock/periods.ts';
import type { RefusalReasonCode } from '../../domain/refusal-reasons.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** Papers by the name they are asked for; those of one party end in its label. */
export const PRINTABLE = [
  'application',
  'receipt',
  'non-acceptance',
  'withdrawal-confirmation',
  'interview-record-a',
  'interview-record-b',
  'declaration-a',
  'declaration-b',
  'non-registration',
  'review-form',
  'certificate-a',
  'certificate-b',
] as const;
export type Printable = (typeof PRINTABLE)[number];

/** One recorded step as papers need it. */
export interface PaperStep {
  readonly at: EpochMs;
  readonly actor: string;
  readonly party?: PartyLabel;
  readonly reason?: RefusalReasonCode;
  readonly registrar?: string;
}

/** What is printed on the papers of one case; personal data, in memory only. */
export interface PaperFacts {
  readonly caseNumber: string;
  readonly rehearsal: boolean;
  readonly locale: Locale;
  readonly officeName: string;
  readonly stage: Stage;
  readonly application: Application;
  readonly receiptNumber?: string;
  readonly certificateNumber?: string;
  readonly clock?: ClockReading;
  readonly opened: PaperStep;
  /** The last step of each kind that papers speak of. */
  readonly accepted?: PaperStep;
  readonly withdrawn?: PaperStep;
  readonly refusedAcceptance?: PaperStep;
  readonly refusedRegistration?: PaperStep;
  readonly registered?: PaperStep;
}

export interface PaperPress {
  /** The PDF, or undefined when the case has not come to the point where there is such a paper. */
  print(caseNumber: string, paper: Printable): Promise<Buffer | undefined>;
}
