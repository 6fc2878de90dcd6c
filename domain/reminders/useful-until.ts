import { claimEndsAt, coolingOffEndsAt } from '../clock/clock-windows.ts';
import type { ClockReading } from '../clock/periods.ts';
import { addDays, type PlainDate } from '../plain-date.ts';
import { type EpochMs, instantAt } from '../zoned-time.ts';
import type { NoticeKind } from './kinds.ts';

/** What a notice may speak of; each kind needs some of it. */
export interface SpokenOf {
  readonly clock?: ClockReading | undefined;
  readonly lapsesAt?: EpochMs | undefined;
  /** Start of the visit. */
  readonly startsAt?: EpochMs | undefined;
  readonly rateBy?: PlainDate | undefined;
}

const DAY_MS = 86_400_000;
/** News without a date of its own is news for this long. */
const NEWS_DAYS = 30;
/** 好差评: a visit can be rated for this many days. The district's own choice. */
const RATE_WITHIN_DAYS = 30;

/** The last day on which a visit can be rated. */
export function rateBy(visitedOn: PlainDate): PlainDate {
  return addDays(visitedOn, RATE_WITHIN_DAYS);
}

/** From this instant on nobody needs the notice any more: what it speaks of is over. */
export function usefulUntil(kind: NoticeKind, dueAt: EpochMs, about: SpokenOf): EpochMs {
  return endOf(kind, about) ?? dueAt + NEWS_DAYS * DAY_MS;
}

function endOf(
  kind: NoticeKind,
  { clock, lapsesAt, startsAt, rateBy: lastDay }: SpokenOf,
): EpochMs | undefined {
  switch (kind) {
    case 'draft-lapsing':
    case 'material-missing':
    case 'pre-check-passed':
      return lapsesAt;
    case 'appointment':
      return startsAt;
    case 'cooling-off-ending':
      return clock && coolingOffEndsAt(clock);
    case 'window-open':
    case 'window-closing':
    case 'dates-changed':
      return clock && claimEndsAt(clock);
    case 'rating-invitation':
      return lastDay && instantAt(addDays(lastDay, 1));
    case 'withdrawn':
    case 'status-changed':
    case 'deemed-withdrawn':
    case 'registered':
    case 'archive-copy':
    case 'number-confirmation':
      return undefined;
  }
}
