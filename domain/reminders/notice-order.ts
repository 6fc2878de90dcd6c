import type { PartyLabel } from '../case/vocabulary.ts';
import type { PlainDate } from '../plain-date.ts';
import type { EpochMs } from '../zoned-time.ts';
import type { Channel, NoticeKind, Urgency } from './kinds.ts';
import type { TemplateName } from './policy.ts';

/** The dates a notice may speak of, as the case had them when it was ordered. */
export interface NoticeDates {
  readonly today: PlainDate;
  readonly stageSince: PlainDate;
  readonly coolingOffLastDay?: PlainDate;
  readonly claimFirstWorkingDay?: PlainDate;
  readonly claimLastDay?: PlainDate;
  readonly provisional?: boolean;
  /** Last whole day before the present stage lapses. */
  readonly lapsesOn?: PlainDate;
  /** For `appointment`: its civil date, `HH:MM` in Asia/Shanghai and venue id. */
  readonly appointment?: { readonly date: PlainDate; readonly time: string; readonly venueId: string };
  /** For `rating-invitation`: last day on which the visit can be rated. */
  readonly rateBy?: PlainDate;
}

/** A notice as the case wants it on record; `id` is its key for ever. */
export interface NoticeOrder {
  readonly id: string;
  readonly party: PartyLabel;
  readonly kind: NoticeKind;
  readonly template?: TemplateName;
  readonly deadlineVersion: number;
  readonly offsetDays: number;
  readonly channels: readonly Channel[];
  readonly urgency: Urgency;
  readonly optional?: boolean;
  readonly dueAt: EpochMs;
  /** Nobody needs it at or after this instant of the case's own time. */
  readonly usefulUntil?: EpochMs;
  readonly props: NoticeDates;
}
