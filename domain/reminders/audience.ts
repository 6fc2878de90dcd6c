import { PARTIES, type PartyLabel } from '../case/vocabulary.ts';
import type { NoticeKind } from './kinds.ts';

export interface AudienceFacts {
  /** Who withdrew; only for `withdrawn`. */
  withdrawnBy?: PartyLabel | undefined;
  /** The case carries the safety flag (one party must be protected from the other). */
  safety: boolean;
}

/**
 * Who gets a notice of this kind. Under the safety flag a withdrawal is confirmed to the withdrawing party
 * only, so that the other does not learn of it from us, and nobody is asked for a rating.
 */
export function audience(kind: NoticeKind, facts: AudienceFacts): readonly PartyLabel[] {
  switch (kind) {
    case 'withdrawn':
      if (!facts.safety) return PARTIES;
      // Without knowing who withdrew, telling either could be telling the wrong one.
      return facts.withdrawnBy === undefined ? [] : [facts.withdrawnBy];
    case 'rating-invitation':
      return facts.safety ? [] : PARTIES;
    case 'material-missing':
    case 'pre-check-passed':
    case 'appointment':
    case 'cooling-off-ending':
    case 'window-open':
    case 'window-closing':
    case 'deemed-withdrawn':
    case 'registered':
      return PARTIES;
  }
}
