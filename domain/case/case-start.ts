import type { WorkCalendar } from '../clock/calendar.ts';
import type { PlainDate } from '../plain-date.ts';
import type { CaseOpening, CaseState } from './state.ts';

/** A running paper case: its clock started before the system knew it. */
export interface ImportedCase {
  readonly actId: string;
  readonly actor: string;
  readonly receivedOn: PlainDate;
  readonly acceptingVenueId: string;
  readonly calendar: WorkCalendar;
  /** The reason given, sealed with the case's key (base64). */
  readonly sealed: string;
}

/** What `divorceCase` is started with: an opening, or the state carried over by continue-as-new. */
export type CaseStart =
  | { readonly opening: CaseOpening; readonly imported?: ImportedCase }
  | {
      readonly carried: CaseState;
      /** The engine had lost the workflow and a reconciliation starts it again from the record. */
      readonly resumed?: { readonly runId: string };
    };
