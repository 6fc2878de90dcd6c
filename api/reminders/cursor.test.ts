import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { plainDate } from '../../domain/plain-date.ts';
import { Problem } from '../problems/problem.ts';
import { cursorOf, FIRST_INSTANT, instantPlace, keyPlace, LAST_INSTANT, readCursor } from './cursor.ts';
import { daysFrom } from './get-reminder.ts';

const place = z.object({ at: instantPlace, id: keyPlace });

describe('a cursor', () => {
  it('is read as it was given', () => {
    const given = { at: Date.parse('2026-11-23T01:00:00Z'), id: 'GM01-2026-000123/a/window-open/v1/0' };
    expect(readCursor(cursorOf(given), place)).toEqual(given);
  });

  it.each([
    [{ at: 9e15, id: 'x' }],
    [{ at: -9e15, id: 'x' }],
    [{ at: LAST_INSTANT + 1, id: 'x' }],
    [{ at: 1.5, id: 'x' }],
    [{ at: 0, id: 'a\u0000b' }],
    [{ at: 0, id: 'a\u009fb' }],
    [{ at: 0, id: 'x'.repeat(301) }],
    [null],
  ])('that says %j is refused', (forged) => {
    const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
    expect(() => readCursor(cursor, place)).toThrow(Problem);
  });
});

describe('the span of a day', () => {
  it('stays within what the database knows', () => {
    for (const day of ['0100-01-01', '2026-11-23', '9999-12-31']) {
      const { from, to } = daysFrom(plainDate(day));
      expect(from).toBeGreaterThanOrEqual(FIRST_INSTANT);
      expect(to).toBeLessThanOrEqual(LAST_INSTANT);
      expect(to).toBeGreaterThanOrEqual(from);
    }
    const { from, to } = daysFrom(plainDate('2026-11-23'), 8);
    expect((to - from) / 86_400_000).toBe(8);
  });
});
