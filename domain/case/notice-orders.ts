import type { NoticeDates, NoticeOrder } from '../reminders/notice-order.ts';
import { keyOf } from './plan-change.ts';
import type { CaseState, PendingNotice } from './state.ts';
import { channelsTo } from './step.ts';
import { rateBy } from '../reminders/useful-until.ts';
import { dateAt, type EpochMs, lastWholeDayBefore, timeAt } from '../zoned-time.ts';

/** One order a party. The key makes sending happen once, however often it is ordered. */
export function noticeOrders(
  state: CaseState,
  notices: readonly PendingNotice[],
  now: EpochMs,
): NoticeOrder[] {
  return notices.flatMap((notice) =>
    notice.parties.flatMap((party): NoticeOrder[] => {
      const channels = channelsTo(state, notice.channels, party);
      if (channels.length === 0) return [];
      const { kind, template, deadlineVersion, offsetDays, urgency, optional, dueAt, usefulUntil } = notice;
      return [
        {
          id: keyOf(state.caseNumber, notice, party),
          party,
          kind,
          ...(template ? { template } : {}),
          deadlineVersion,
          offsetDays,
          channels,
          urgency,
          ...(optional ? { optional } : {}),
          dueAt,
          usefulUntil,
          props: propsOf(state, notice, now),
        },
      ];
    }),
  );
}

/** The dates a wording may show. */
function propsOf(state: CaseState, notice: PendingNotice, now: EpochMs): NoticeDates {
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
    ...(lapsesAt === undefined ? {} : { lapsesOn: lastWholeDayBefore(lapsesAt) }),
    ...visitOf(state, notice),
    ...(notice.kind === 'rating-invitation' ? { rateBy: rateBy(dateAt(stageSince)) } : {}),
  };
}

function visitOf(state: CaseState, { appointmentId }: PendingNotice): Pick<NoticeDates, 'appointment'> {
  const visit = state.appointments?.find(({ id }) => id === appointmentId);
  if (!visit) return {};
  const { startsAt, venueId = state.acceptingVenueId ?? state.venueId } = visit;
  return { appointment: { date: dateAt(startsAt), time: timeAt(startsAt), venueId } };
}
