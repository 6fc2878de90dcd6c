import { addDays } from '../plain-date.ts';
import { dateAt, instantAt, timeAt, type EpochMs } from '../zoned-time.ts';
import type { ReminderPolicy } from './policy.ts';

export type SendingHours = ReminderPolicy['sendingHours'];

/** The office's own rule where no policy says otherwise: from `from` (included) to `until` (excluded), Asia/Shanghai. */
export const SENDING_HOURS: SendingHours = { from: '08:30', until: '20:00' };

/** `instant` itself when sending is allowed then, else the next hour at which it is. `24:00` never comes: no evening. */
export function nextAllowed(instant: EpochMs, hours: SendingHours = SENDING_HOURS): EpochMs {
  const time = timeAt(instant);
  if (time >= hours.until) return instantAt(addDays(dateAt(instant), 1), hours.from);
  return time < hours.from ? instantAt(dateAt(instant), hours.from) : instant;
}
