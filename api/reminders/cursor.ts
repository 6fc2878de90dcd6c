import { z } from 'zod';
import { invalidFields } from '../problems/problem.ts';

/** The instants the database knows: the years 1 to 9999, in epoch milliseconds. */
export const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
export const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant within a cursor. */
export const instantPlace = z.number().int().min(FIRST_INSTANT).max(LAST_INSTANT);

/** A key within a cursor or an address: what the database can hold, without control characters. */
export const keyPlace = z
  .string()
  .max(300)
  .regex(/^\P{Cc}*$/u);

/** Where the next page begins: opaque to the caller. */
export function cursorOf(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws Problem 422 CURSOR_INVALID for what this list has not given out */
export function readCursor<S extends z.ZodType>(
  cursor: string | undefined,
  schema: S,
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  const read = schema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!read.success) throw invalidFields([{ field: 'cursor', code: 'CURSOR_INVALID' }]);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
