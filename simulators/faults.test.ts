import { describe, expect, it } from '@jest/globals';
import { Faults, isRecipient, readFault } from './faults.ts';

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
