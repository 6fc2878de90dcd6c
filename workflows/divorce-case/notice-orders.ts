import type { NoticeDates, NoticeOrder } from '../../activities/records/port.ts';
import type { CaseState, PendingNotice } from '../../domain/case/state.ts';
import { channelsTo } from '../../domain/case/step.ts';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import { noticeKey } from '../../domain/reminders/notice-key.ts';
import { dateAt, type EpochMs } from '../../domain/zoned-time.ts';

/** One order a party. The key makes sending happen once, however often it is ordered. */
export function noticeOrders(state: CaseState, due: readonly PendingNotice[], now: EpochMs): NoticeOrder[] {
  return due.flatMap((notice) =>
    (notice.parties ?? PARTIES).flatMap((party): NoticeOrder[] => {
      const { kind, deadlineVersion, offsetDays, dueAt, occasion } = notice;
      const channels = channelsTo(state, kind, party);
      if (channels.length === 0) return [];
      const id = noticeKey({
        caseNumber: state.caseNumber,
        party,
        kind,
        deadlineVersion,
        offsetDays,
        occasion,
      });
      return [{ id, party, kind, deadlineVersion, offsetDays, dueAt, channels, props: datesOf(state, now) }];
    }),
  );
}

/** The dates a template may show. */
function datesOf(state: CaseState, now: EpochMs): NoticeDates {
  const { clock, lapsesAt, stageSince } = state;
  return {
    today: dateAt(now),
    stageSince: dateAt(stageSince),
    ...(clock
      ? {
          coolingOffLastDay: clock.coolingOffLastDay,
          claimFirstWorkingDay: clock.claimFirstWorkingDay,
          claimLastDay: clock.claimLastDay,
          provisional: clock.provisional,
        }
      : {}),
    ...(lapsesAt === undefined ? {} : { lapsesOn: dateAt(lapsesAt) }),
  };
}
