import { describe, expect, it } from '@jest/globals';
import { leadOf, stableHash } from './lead.ts';

const MINUTE = 60_000;
const cases = Array.from({ length: 10_000 }, (_, n) => `GM01-2026-${String(n + 1).padStart(6, '0')}`);

describe('the lead of a case', () => {
  it('is none without a lead in the policy', () => {
    expect(leadOf('GM01-2026-000001', 0)).toBe(0);
  });

  it('is the same in every release: timers follow from it', () => {
    expect(['', 'GM01-2026-000001', 'GM01-2026-000002'].map(stableHash)).toEqual([
      2_872_998_923, 165_120_456, 1_900_441_287,
    ]);
  });

  it.each([1, 30, 240])(
    'is less than %d minutes, and spreads ten thousand cases evenly over them',
    (minutes) => {
      const parts = Array.from({ length: 10 }, () => 0);
      for (const each of cases) {
        const lead = leadOf(each, minutes);
        expect(lead).toBeGreaterThanOrEqual(0);
        expect(lead).toBeLessThan(minutes * MINUTE);
        const part = Math.floor((lead * parts.length) / (minutes * MINUTE));
        parts[part] = (parts[part] ?? 0) + 1;
      }
      for (const count of parts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    },
  );
});
