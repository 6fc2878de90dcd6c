import type { ActBase } from '../../domain/case/act-input.ts';
import type { Wake } from '../../domain/case/next-wake.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Step } from '../../domain/case/step.ts';
import type { PartyLabel } from '../../domain/case/vocabulary.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import type { NoticeKind } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';

/** The dates a notice may speak of, as the case had them when it was ordered. */
export interface NoticeDates {
  readonly today: PlainDate;
  readonly stageSince: PlainDate;
  readonly coolingOffLastDay?: PlainDate;
  readonly claimFirstWorkingDay?: PlainDate;
  readonly claimLastDay?: PlainDate;
  readonly provisional?: boolean;
  /** Last day before the present stage lapses. */
  readonly lapsesOn?: PlainDate;
}

/** A notice to be handed over; `id` is its key for ever. */
export interface NoticeOrder {
  readonly id: string;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly deadlineVersion: number;
  readonly offsetDays: number;
  readonly channels: readonly ('sms' | 'email')[];
  readonly dueAt: EpochMs;
  readonly props: NoticeDates;
}

/** What the case row shows of a case. */
export type CaseSnapshot = Pick<
  CaseState,
  | 'stage'
  | 'stageSince'
  | 'outcome'
  | 'flags'
  | 'attention'
  | 'acceptingVenueId'
  | 'deadlineVersion'
  | 'clock'
> & { readonly nextWake?: Wake };

/** Everything one turn of a case writes. */
export interface RecordInput {
  readonly caseNumber: string;
  readonly steps: readonly Step[];
  /** Number of the last step before this turn, as the case knows it. */
  readonly baseSeq: number;
  /** Who did the step of this kind; the other steps are the clock's. */
  readonly by?: ActBase & { readonly kind: Step['kind'] };
  readonly notices: readonly NoticeOrder[];
  readonly snapshot: CaseSnapshot;
  /** The case's own time. */
  readonly now: EpochMs;
}

export interface RecordedSteps {
  /** Number of the last step on record; the case goes on counting from it. */
  readonly seq: number;
  readonly receiptNumber?: string | undefined;
  readonly certificateNumber?: string | undefined;
}

export interface RecordPort {
  /** One transaction; repeating it with the same steps changes nothing and answers the same. */
  record(input: RecordInput): Promise<RecordedSteps>;
}
