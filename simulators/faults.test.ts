import { describe, expect, it } from '@jest/globals';
import { Faults } from './faults.ts';
import { readFault, readMix } from './read-fault.ts';
import { isRecipient } from './recipient.ts';

describe('Faults', () => {
  it('strike as often as they were told, only their system and only their recipient', () => {
    const faults = new Faults();
    faults.set('twilio', { mode: 'reject-recipient', count: 2, to: '10000000001' });
    const strike = (to: string): boolean => faults.take('twilio', ['reject-recipient'], to) !== undefined;
    expect(faults.take('smtp', ['reject-recipient'], '+8610000000001')).toBeUndefined();
    expect(faults.take('twilio', ['down'], '+8610000000001')).toBeUndefined();
    expect([strike('+8610000000002'), strike('+8610000000001'), strike('+8610000000001')]).toEqual([
      false,
      true,
      true,
    ]);
    expect(strike('+8610000000001')).toBe(false);
    expect(faults.list().twilio).toEqual({ mode: 'none', struck: 2 });
  });

  it('strike the share they were told, evenly', () => {
    const faults = new Faults();
    faults.set('smtp', { mode: 'error', rate: 0.1 });
    const struck = Array.from({ length: 100 }, () => faults.take('smtp', ['error']) !== undefined);
    expect(struck.filter(Boolean)).toHaveLength(10);
    expect(struck.indexOf(true)).toBe(9);
  });
});

describe('a mix of faults', () => {
  const MIX = {
    seed: 20261123,
    mix: [
      { mode: 'reject-recipient', rate: 0.05 },
      { mode: 'duplicate-callbacks', rate: 0.2 },
      { mode: 'late-callbacks', rate: 0.2 },
    ],
  } as const;
  const numbers = Array.from({ length: 2_000 }, (_, index) => `+86${10_000_000_000 + index}`);
  const courses = ['late-callbacks', 'duplicate-callbacks'] as const;

  /** What becomes of each number: the mode that strikes it, or none. */
  function run(order: readonly string[], seed: number = MIX.seed): Map<string, string> {
    const faults = new Faults();
    faults.setMix('twilio', { ...MIX, seed });
    return new Map(order.map((to) => [to, faults.take('twilio', courses, to)?.mode ?? 'none']));
  }

  it('strikes the same recipients in whatever order they come, and others with another seed', () => {
    const forwards = run(numbers);
    const backwards = run(numbers.toReversed());
    for (const to of numbers) expect(backwards.get(to)).toBe(forwards.get(to));
    expect([...run(numbers, 1).values()]).not.toEqual([...forwards.values()]);
    const struck = [...forwards.values()].filter((mode) => mode === 'duplicate-callbacks').length;
    expect(struck / numbers.length).toBeCloseTo(0.2, 1);
  });

  it('refuses a number always or never, and lets anything else strike anew at each try', () => {
    const faults = new Faults();
    faults.setMix('twilio', MIX);
    const refused = (to: string) => faults.take('twilio', ['reject-recipient'], to) !== undefined;
    const first = numbers.filter(refused);
    expect(first.length).toBeGreaterThan(50);
    expect(numbers.filter(refused)).toEqual(first);
    const once = numbers.map((to) => faults.take('twilio', courses, to)?.mode);
    expect(numbers.map((to) => faults.take('twilio', courses, to)?.mode)).not.toEqual(once);
    expect(faults.list().twilio).toMatchObject({ mode: 'mix', mix: [{ struck: 2 * first.length }, {}, {}] });
  });

  it('gives way to a single fault, and to none', () => {
    const faults = new Faults();
    faults.setMix('twilio', { seed: 1, mix: [{ mode: 'error' }] });
    faults.set('twilio', { mode: 'down' });
    expect(faults.take('twilio', ['down', 'error'])?.mode).toBe('down');
    faults.setMix('twilio', { seed: 1, mix: [{ mode: 'error' }] });
    faults.clear();
    expect(faults.take('twilio', ['down', 'error'])).toBeUndefined();
  });

  it.each([
    [{ mix: 'many', seed: 1 }, 'mix must be'],
    [{ mix: [] }, 'seed must be'],
    [{ mix: [{ mode: 'explode' }], seed: 1 }, 'mode must be'],
  ])('%j is refused', (input, reason) => {
    expect(readMix('twilio', input)).toContain(reason);
  });
});

describe('readFault', () => {
  it.each([
    [null, 'JSON object'],
    [{}, 'mode must be one of'],
    [{ mode: 'no-callback' }, 'mode must be one of'],
    [{ mode: 'error', count: 'two' }, 'count must be'],
    [{ mode: 'error', rate: -1 }, 'rate must be'],
  ])('refuses %j for the mail server', (input, reason) => {
    expect(readFault('smtp', input)).toContain(reason);
  });
});

describe('isRecipient', () => {
  it.each([
    ['+8610000000001', '10000000001', true],
    ['+8610000000001', '+8610000000001', true],
    ['+8610000000001', '01', false],
    ['+8610000000001', '10000000002', false],
    ['a@heli.example', 'A@Heli.Example', true],
    ['aa@heli.example', 'a@heli.example', false],
  ])('%s for %s: %s', (recipient, wanted, expected) => expect(isRecipient(recipient, wanted)).toBe(expected));
});
