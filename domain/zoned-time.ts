import { addDays, type PlainDate } from './plain-date.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;

/** China has used one zone, UTC+8 without daylight saving, since 1991; every rule of this system lies after that. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The civil date in Asia/Shanghai at an instant. */
export function dateAt(instant: EpochMs): PlainDate {
  return new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as PlainDate;
}

/**
 * The last civil date in Asia/Shanghai that is wholly over by an instant: what people are told of a period that ends
 * within a day, so that nobody comes in its last hours and finds it over.
 */
export function lastWholeDayBefore(instant: EpochMs): PlainDate {
  return addDays(dateAt(instant), -1);
}

/** The wall-clock time `HH:MM` in Asia/Shanghai at an instant. */
export function timeAt(instant: EpochMs): string {
  return new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant at which it is `time` (`HH:MM`) on `date` in Asia/Shanghai. */
export function instantAt(date: PlainDate, time = '00:00'): EpochMs {
  return Date.parse(`${date}T${time}:00Z`) - SHANGHAI_OFFSET_MS;
}

/** `YYYY-MM-DDTHH:MM:SSZ`, the form in which instants leave the system. */
export function isoInstant(instant: EpochMs): string {
  return new Date(instant).toISOString();
}
