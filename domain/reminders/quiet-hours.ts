import { addDays } from '../plain-date.ts';
import { dateAt, instantAt, timeAt, type EpochMs } from '../zoned-time.ts';

/** Sending is allowed from `from` (included) to `until` (excluded), Asia/Shanghai. The office's own rule. */
export const SENDING_HOURS = { from: '08:30', until: '20:00' } as const;

/** `instant` itself when sending is allowed then, else the next 08:30 in Shanghai. */
export function nextAllowed(instant: EpochMs): EpochMs {
  const time = timeAt(instant);
  if (time >= SENDING_HOURS.until) return instantAt(addDays(dateAt(instant), 1), SENDING_HOURS.from);
  return time < SENDING_HOURS.from ? instantAt(dateAt(instant), SENDING_HOURS.from) : instant;
}
