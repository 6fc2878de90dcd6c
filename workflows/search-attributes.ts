import {
  defineSearchAttributeKey,
  SearchAttributeType,
  type TypedSearchAttributes,
} from '@temporalio/common';
import type { Channel, Stage } from '../domain/case/vocabulary.ts';
import type { EpochMs } from '../domain/zoned-time.ts';

/** What a supervisor may filter by in the engine's own console. No personal data. */
export const SEARCH_ATTRIBUTES = {
  stage: defineSearchAttributeKey('HeliStage', SearchAttributeType.KEYWORD),
  venue: defineSearchAttributeKey('HeliVenue', SearchAttributeType.KEYWORD),
  street: defineSearchAttributeKey('HeliStreet', SearchAttributeType.KEYWORD),
  channel: defineSearchAttributeKey('HeliChannel', SearchAttributeType.KEYWORD),
  nextDeadline: defineSearchAttributeKey('HeliNextDeadline', SearchAttributeType.DATETIME),
  needsAttention: defineSearchAttributeKey('HeliNeedsAttention', SearchAttributeType.BOOL),
} as const;

export interface CaseAttributes {
  readonly stage: Stage;
  /** Where the case is handled: the accepting office from acceptance on. */
  readonly venueId: string;
  readonly nextDeadline: EpochMs | undefined;
  readonly needsAttention: boolean;
}

type Pairs = Parameters<TypedSearchAttributes['updateCopy']>[0];

/** The attributes that change during a case, as one update. */
export function caseSearchAttributes(shown: CaseAttributes): Pairs {
  return [
    { key: SEARCH_ATTRIBUTES.stage, value: shown.stage },
    { key: SEARCH_ATTRIBUTES.venue, value: shown.venueId },
    {
      key: SEARCH_ATTRIBUTES.nextDeadline,
      value: shown.nextDeadline === undefined ? null : new Date(shown.nextDeadline),
    },
    { key: SEARCH_ATTRIBUTES.needsAttention, value: shown.needsAttention },
  ];
}

/** All attributes of a new case, for its start. */
export function openingSearchAttributes(
  place: { readonly street: string; readonly channel: Channel },
  shown: CaseAttributes,
): Pairs {
  return [
    ...caseSearchAttributes(shown),
    { key: SEARCH_ATTRIBUTES.street, value: place.street },
    { key: SEARCH_ATTRIBUTES.channel, value: place.channel },
  ];
}
