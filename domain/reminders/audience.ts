import { type Outcome, PARTIES, type PartyLabel } from '../case/vocabulary.ts';
import type { NoticeKind } from './kinds.ts';

export interface AudienceFacts {
  /** Who withdrew, once somebody has. */
  readonly withdrawnBy?: PartyLabel | undefined;
  /** The case carries the safety flag (one party must be protected from the other). */
  readonly safety: boolean;
  readonly outcome?: Outcome | undefined;
}

/**
 * Who may get a notice of this kind, whatever a policy says. Under the safety flag the other party learns of a
 * withdrawal from no notice of ours, and nobody is asked for a rating (domain.md §6).
 */
export function audience(kind: NoticeKind, facts: AudienceFacts): readonly PartyLabel[] {
  switch (kind) {
    case 'withdrawn':
      return facts.safety ? withdrawing(facts) : PARTIES;
    case 'status-changed':
      return facts.safety ? [] : PARTIES.filter((party) => party !== facts.withdrawnBy);
    case 'archive-copy':
      // It says that the case is closed.
      return facts.safety && facts.outcome === 'withdrawn' ? withdrawing(facts) : PARTIES;
    case 'rating-invitation':
      return facts.safety ? [] : visitors(facts);
    case 'draft-lapsing':
    case 'material-missing':
    case 'pre-check-passed':
    case 'appointment':
    case 'cooling-off-ending':
    case 'window-open':
    case 'window-closing':
    case 'dates-changed':
    case 'deemed-withdrawn':
    case 'registered':
    case 'number-confirmation':
      return PARTIES;
  }
}

/** Without knowing who withdrew, telling either could be telling the wrong one. */
function withdrawing({ withdrawnBy }: AudienceFacts): readonly PartyLabel[] {
  return withdrawnBy === undefined ? [] : [withdrawnBy];
}

/** 一次一评: who was at the counter last; a deemed withdrawal is nobody's visit. */
function visitors(facts: AudienceFacts): readonly PartyLabel[] {
  if (facts.outcome === 'deemed-withdrawn') return [];
  return facts.outcome === 'withdrawn' ? withdrawing(facts) : PARTIES;
}
