import { describe, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import { followUp } from './follow-up.ts';

function logged() {
  const lines: string[] = [];
  return { lines, log: pino({}, { write: (line: string) => void lines.push(line) }) };
}

describe('what follows an act', () => {
  it('says nothing when it starts', async () => {
    const { lines, log } = logged();
    await followUp({ log }, 'delivery', () => Promise.resolve());
    expect(lines).toEqual([]);
  });

  it.each([
    ['refused', () => Promise.reject(new TypeError('to +8610012345678'))],
    [
      'thrown',
      () => {
        throw new TypeError('to +8610012345678');
      },
    ],
  ])('does not undo it when %s, and the log learns no more than the name', async (_, start) => {
    const { lines, log } = logged();
    await followUp({ log }, 'delivery', start);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('TypeError');
    expect(lines[0]).not.toContain('10012345678');
  });

  it('is not waited for without end', async () => {
    jest.useFakeTimers();
    try {
      const { lines, log } = logged();
      const done = followUp({ log }, 'delivery', () => new Promise(() => undefined));
      await jest.advanceTimersByTimeAsync(3_000);
      await done;
      expect(lines[0]).toContain('FollowUpTooSlow');
    } finally {
      jest.useRealTimers();
    }
  });
});
