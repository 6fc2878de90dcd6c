import { describe, expect, it } from '@jest/globals';
import { toE164 } from './e164.ts';
import { deliveryStatusOf, failureKindOf } from './twilio-codes.ts';

describe('deliveryStatusOf', () => {
  it.each([
    ['accepted', 'queued'],
    ['sending', 'queued'],
    ['sent', 'sent'],
    ['read', 'delivered'],
    ['undelivered', 'undelivered'],
    ['canceled', 'failed'],
    ['receiving', undefined],
    ['constructor', undefined],
  ])('%s is %s', (theirs, ours) => expect(deliveryStatusOf(theirs)).toBe(ours));
});

describe('failureKindOf', () => {
  it.each([
    [30003, 'temporary'],
    [30004, 'permanent'],
    [30006, 'permanent'],
    [30008, 'temporary'],
    [21610, 'permanent'],
    [39999, 'temporary'],
    [Number.NaN, 'temporary'],
  ])('%i is %s', (code, kind) => expect(failureKindOf(code)).toBe(kind));
});

describe('toE164', () => {
  it.each([
    ['10000000001', '+8610000000001'],
    ['100 0000-0001', '+8610000000001'],
    ['+85290000001', '+85290000001'],
    ['90000001', '90000001'],
  ])('%s becomes %s', (number, expected) => expect(toE164(number)).toBe(expected));
});
