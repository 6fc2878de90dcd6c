import { isWorkingDay } from '../../clock/calendar.ts';
import { dateAt } from '../../zoned-time.ts';
import { type ActRule, bothPresent } from '../act-rule.ts';
import { startClock } from '../start-clock.ts';
import { withFlag } from '../state.ts';

/**
 * 受理: both in person, on a working day; the receipt's date starts the cooling-off period (民法典 1077).
 * An earlier `receivedOn` is for entering what was done on paper while the system was down: it can't lie
 * before the case was opened.
 */
export const accept: ActRule<'accept'> = {
  refuse: (state, input, { today }) => {
    if (!bothPresent(input.presentParties)) return 'NOT_BOTH_PRESENT';
    const receivedOn = input.receivedOn ?? today;
    if (receivedOn > today || receivedOn < dateAt(state.openedAt)) return 'RECEIVED_ON_INVALID';
    if (!isWorkingDay(input.calendar, receivedOn)) return 'NOT_WORKING_DAY';
    return undefined;
  },
  effect: (state, input, { now, today }) => {
    const promised = input.policy ? { ...state, policy: input.policy } : state;
    const started = startClock(promised, input.receivedOn ?? today, input.calendar, now);
    return {
      patch: {
        ...started,
        ...(input.policy ? { policy: input.policy } : {}),
        flags: withFlag(started.flags, 'home-visit', input.place === 'home'),
        acceptingVenueId: input.venueId,
        closes: input.closes,
        lapsesAt: undefined,
      },
      detail: { receivedOn: input.receivedOn ?? today, place: input.place, clock: started.clock },
      allocate: 'receipt',
    };
  },
};
