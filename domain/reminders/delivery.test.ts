import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, plainDate } from '../plain-date.ts';
import { instantAt } from '../zoned-time.ts';
import {
  afterAttempt,
  afterUndelivered,
  type AttemptOutcome,
  type DeliveryFacts,
  firstGatewayChannel,
  type NextMove,
  onward,
  sendNow,
} from './delivery.ts';
import { type Channel, CHANNELS, GATEWAY_CHANNELS } from './kinds.ts';
import { nextAllowed } from './quiet-hours.ts';

const NOW = instantAt(plainDate('2026-11-27'), '10:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function facts(changes: Partial<DeliveryFacts> = {}): DeliveryFacts {
  return {
    id: 'GM01-2026-000001/a/cooling-off-ending/v1/-3',
    channels: ['sms', 'email', 'call'],
    channel: 'sms',
    reachable: ['sms', 'email'],
    tries: 1,
    dueAt: NOW,
    usefulUntil: NOW + 72 * HOUR,
    allowed: nextAllowed,
    ...changes,
  };
}
const after = (outcome: AttemptOutcome, changes: Partial<DeliveryFacts> = {}, now = NOW): NextMove =>
  afterAttempt(facts(changes), outcome, now - 1_000, now);

describe('after an attempt', () => {
  it('that was accepted there is nothing to do', () => {
    expect(after({ kind: 'accepted' })).toEqual({ do: 'nothing' });
  });

  it.each<[readonly Channel[], DeliveryFacts['reachable'], NextMove]>([
    [['sms', 'email', 'call'], ['sms', 'email'], { do: 'send', channel: 'email', at: NOW }],
    [['sms', 'email', 'call'], ['sms'], { do: 'call' }],
    [['sms', 'call', 'email'], ['sms', 'email'], { do: 'call' }],
    [['sms', 'email'], ['sms'], { do: 'fail' }],
    [['sms'], ['sms', 'email'], { do: 'fail' }],
  ])('that was rejected %j goes on for a party with %j', (channels, reachable, move) => {
    expect(after({ kind: 'rejected' }, { channels, reachable })).toEqual(move);
  });

  it('of a gateway in trouble is repeated after 2 s, 4 s … 5 min, spread over the last quarter', () => {
    for (const [tries, whole] of [
      [1, 2_000],
      [2, 4_000],
      [5, 32_000],
      [8, 256_000],
      [9, 300_000],
      [60, 300_000],
    ] as const) {
      const pauses = Array.from({ length: 50 }, (_, n) => {
        const move = after({ kind: 'unavailable' }, { tries, id: `notice-${n}` });
        return move.do === 'send' && move.channel === 'sms' ? move.at - NOW : NaN;
      });
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(whole * 0.75);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(whole);
      expect(new Set(pauses).size).toBeGreaterThan(20);
    }
  });

  it('leaves a gateway alone as long as it asks', () => {
    const move = after({ kind: 'unavailable', retryAfterMs: 90_000 });
    expect(move).toEqual({ do: 'send', channel: 'sms', at: NOW + 90_000 });
  });

  it('that was refused is repeated slowly: somebody has to mend the account first', () => {
    const pause = (tries: number) => {
      const move = after({ kind: 'refused' }, { tries });
      return 'at' in move ? move.at - NOW : NaN;
    };
    expect(pause(1)).toBeGreaterThanOrEqual(45_000);
    expect(pause(99)).toBeGreaterThanOrEqual(22.5 * MINUTE);
    expect(pause(99)).toBeLessThanOrEqual(30 * MINUTE);
  });

  it('nobody knows the outcome of is asked about, never before the gateway can know it', () => {
    expect(after({ kind: 'unknown' })).toEqual({ do: 'ask', at: NOW - 1_000 + 15_000 });
    const later = after({ kind: 'unknown' }, { tries: 9 });
    expect(later.do === 'ask' && later.at - NOW).toBeGreaterThanOrEqual(225_000);
  });
});

describe('time that runs out', () => {
  const UNTIL = NOW + 90 * MINUTE;
  const urgent = { dueAt: NOW - 30 * MINUTE, usefulUntil: UNTIL } as const;

  it.each(['unavailable', 'refused', 'unknown'] as const)(
    'lets the next channel have the last quarter (%s)',
    (kind) => {
      const now = UNTIL - 31 * MINUTE;
      expect(after({ kind }, { ...urgent, tries: 20 }, now)).toEqual({
        do: 'send',
        channel: 'email',
        at: now,
      });
      expect(after({ kind }, { ...urgent, tries: 20, reachable: ['sms'] }, now)).toEqual({ do: 'call' });
    },
  );

  it('is used to the end where there is no other channel', () => {
    const now = UNTIL - 10 * MINUTE;
    const only = { ...urgent, channels: ['sms'], tries: 9 } as const;
    expect(after({ kind: 'unavailable' }, only, now)).toMatchObject({ do: 'send', channel: 'sms' });
    expect(after({ kind: 'unavailable' }, only, UNTIL - MINUTE)).toEqual({ do: 'fail' });
  });

  it('leaves nothing to do afterwards, not even a call', () => {
    expect(sendNow(facts({ usefulUntil: NOW }), NOW)).toEqual({ do: 'fail' });
    expect(onward(facts({ usefulUntil: NOW }), NOW)).toEqual({ do: 'fail' });
  });

  it('does not run out for ever where nothing limits it', () => {
    const endless = { usefulUntil: undefined, tries: 900 };
    expect(after({ kind: 'unavailable' }, endless)).toEqual({ do: 'send', channel: 'email', at: NOW });
    expect(after({ kind: 'unavailable' }, { ...endless, channels: ['sms'] })).toEqual({ do: 'fail' });
  });
});

describe('a gateway that refuses everything from nine o’clock on', () => {
  /** The district's reminders hang on a last day whose end, midnight, is when they are of no use any more. */
  const LAST_DAY = plainDate('2026-11-27');
  const onDay = (days: number, time: string) => instantAt(addDays(LAST_DAY, days), time);

  /** Tried until the notice leaves the channel; answers how and when. */
  function leaves(
    kind: 'refused' | 'unavailable',
    dueAt: number,
    reachable: DeliveryFacts['reachable'],
  ): readonly [NextMove, number] {
    const until = onDay(1, '00:00');
    let now = dueAt;
    for (let tries = 1; ; tries += 1) {
      const notice = facts({ dueAt, usefulUntil: until, tries, reachable });
      const move = afterAttempt(notice, { kind }, now, now);
      if (move.do !== 'send' || move.channel !== 'sms') return [move, now];
      now = move.at;
    }
  }

  it.each([
    [-1, 'refused', onDay(0, '13:00'), onDay(0, '14:15')],
    [-1, 'unavailable', onDay(0, '13:00'), onDay(0, '14:15')],
    [-3, 'refused', onDay(-1, '19:00'), onDay(-1, '20:00')],
    [-3, 'unavailable', onDay(-1, '19:00'), onDay(-1, '20:00')],
    [-7, 'refused', onDay(-3, '19:00'), onDay(-1, '12:00')],
  ] as const)(
    '%i days before the last: the next channel well before closing (%s)',
    (days, kind, from, to) => {
      const [move, at] = leaves(kind, onDay(days, '09:00'), ['sms', 'email']);
      expect(move).toEqual({ do: 'send', channel: 'email', at });
      expect(at).toBeGreaterThanOrEqual(from);
      expect(at).toBeLessThanOrEqual(to);
      const [call, rung] = leaves(kind, onDay(days, '09:00'), ['sms']);
      expect([call, rung]).toEqual([{ do: 'call' }, at]);
    },
  );
});

describe('the hours of rest', () => {
  it('put a retry, and the next channel, off until the morning', () => {
    const evening = instantAt(plainDate('2026-11-27'), '19:59');
    const morning = instantAt(plainDate('2026-11-28'), '08:30');
    expect(after({ kind: 'unavailable' }, { tries: 9 }, evening)).toEqual({
      do: 'send',
      channel: 'sms',
      at: morning,
    });
    expect(onward(facts(), evening + 5 * MINUTE)).toEqual({ do: 'send', channel: 'email', at: morning });
  });

  it('do not put off a call: staff see it when they come', () => {
    const night = instantAt(plainDate('2026-11-27'), '23:00');
    expect(onward(facts({ reachable: ['sms'] }), night)).toEqual({ do: 'call' });
  });
});

describe('a message that did not arrive', () => {
  it.each([
    ['permanent', 1, { do: 'send', channel: 'email', at: NOW }],
    ['temporary', 1, { do: 'send', channel: 'sms', at: NOW + 30 * MINUTE }],
    ['temporary', 2, { do: 'send', channel: 'email', at: NOW }],
  ] as const)('(%s, %i on this channel)', (failure, failures, move) => {
    expect(afterUndelivered(facts(), failure, failures, NOW)).toEqual(move);
  });

  it('is not waited for when the party needs it sooner', () => {
    const soon = facts({ dueAt: NOW - HOUR, usefulUntil: NOW + 30 * MINUTE });
    expect(afterUndelivered(soon, 'temporary', 1, NOW)).toEqual({ do: 'send', channel: 'email', at: NOW });
  });
});

describe('the first channel', () => {
  it.each(CHANNELS)('%s', (channel) => {
    expect(firstGatewayChannel([channel, 'email'])).toBe(channel === 'call' ? undefined : channel);
  });
  it('of none is none', () => expect(firstGatewayChannel([])).toBeUndefined());
  it('that the party has no address for is left out at once', () => {
    expect(sendNow(facts({ reachable: ['email'] }), NOW)).toEqual({ do: 'send', channel: 'email', at: NOW });
  });
});

describe('whatever happens', () => {
  const anyFacts = fc
    .record({
      channels: fc
        .shuffledSubarray([...CHANNELS], { minLength: 1 })
        .filter((channels) => channels.some((each) => each !== 'call')),
      reachable: fc.shuffledSubarray([...GATEWAY_CHANNELS]),
      tries: fc.integer({ min: 1, max: 1_000 }),
      age: fc.integer({ min: 0, max: 72 * HOUR }),
      use: fc.option(fc.integer({ min: -HOUR, max: 96 * HOUR }), { nil: undefined }),
      now: fc.integer({ min: NOW - 24 * HOUR, max: NOW + 24 * HOUR }),
    })
    .map(({ channels, reachable, tries, age, use, now }) => ({
      now,
      facts: facts({
        channels,
        channel: channels.find((each) => each !== 'call') ?? 'sms',
        reachable,
        tries,
        dueAt: now - age,
        usefulUntil: use === undefined ? undefined : now + use,
      }),
    }));
  const anyOutcome = fc.constantFrom<AttemptOutcome>(
    { kind: 'rejected' },
    { kind: 'unavailable' },
    { kind: 'unavailable', retryAfterMs: 3_600_000 },
    { kind: 'refused' },
    { kind: 'unknown' },
  );

  it('nothing is sent at a forbidden hour, in the past, or when it is of no use any more', () => {
    fc.assert(
      fc.property(anyFacts, anyOutcome, ({ facts: given, now }, outcome) => {
        const moves = [
          afterAttempt(given, outcome, now - 1_000, now),
          afterUndelivered(given, 'temporary', 1, now),
          onward(given, now),
        ];
        for (const move of moves) {
          if (move.do !== 'send') continue;
          expect(move.at).toBeGreaterThanOrEqual(now);
          expect(nextAllowed(move.at)).toBe(move.at);
          if (given.usefulUntil !== undefined) expect(move.at).toBeLessThan(given.usefulUntil);
        }
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });

  it('a party who can still be rung is never given up', () => {
    fc.assert(
      fc.property(anyFacts, anyOutcome, ({ facts: given, now }, outcome) => {
        fc.pre(given.channels.at(-1) === 'call');
        fc.pre(given.usefulUntil === undefined || given.usefulUntil > now);
        expect(afterAttempt(given, outcome, now - 1_000, now).do).not.toBe('fail');
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});
