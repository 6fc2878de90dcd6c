/** Whatever the API answers, as far as tests look into it: which members are there depends on the call. */
export interface AnswerBody {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly errors: readonly { readonly field: string; readonly code: string }[];

  readonly caseNumber: string;
  readonly stage: string;
  readonly outcome: string;
  readonly flags: readonly string[];
  readonly allowedActs: readonly string[];
  readonly receiptNumber: string;
  readonly certificateNumber: string;
  readonly clock: {
    readonly coolingOffLastDay: string;
    readonly claimFirstWorkingDay: string;
    readonly claimLastDay: string;
  };
  readonly parties: readonly object[];
  readonly now: string;

  readonly items: readonly { readonly caseNumber: string }[];
  readonly nextCursor: string | undefined;
  readonly entries: readonly { readonly kind: string; readonly sentence: string }[];
  readonly events: readonly object[];
  readonly notices: readonly {
    readonly id: string;
    readonly kind: string;
    readonly party: string;
    readonly state: string;
    readonly text: string;
    readonly deliveredAt?: string;
  }[];
  readonly counsellings: readonly { readonly id: string; readonly state: string }[];
  readonly state: string;

  readonly id: string;
  readonly documents: readonly { readonly id: string; readonly name: string }[];

  readonly basis: readonly object[];
  readonly calendarVersion: string;
  readonly warnings: readonly object[];
  readonly calendars: readonly { readonly year: number; readonly state: string }[];
  readonly affected: readonly { readonly caseNumber: string }[];
}
