import { describe, expect, it } from '@jest/globals';
import { DELIVERY_STATUSES, isProgress } from './port.ts';
import type { DeliveryStatus } from './port.ts';

describe('isProgress', () => {
  it.each(DELIVERY_STATUSES)('takes %s when nothing is known, and not twice', (status) => {
    expect(isProgress(undefined, status)).toBe(true);
    expect(isProgress(status, status)).toBe(false);
  });

  it('never takes a delivery back, and never goes back', () => {
    const later: [DeliveryStatus, DeliveryStatus][] = [];
    for (const known of DELIVERY_STATUSES) {
      for (const reported of DELIVERY_STATUSES)
        if (isProgress(known, reported)) later.push([known, reported]);
    }
    expect(later).toEqual([
      ['queued', 'sent'],
      ['queued', 'failed'],
      ['queued', 'undelivered'],
      ['queued', 'delivered'],
      ['sent', 'failed'],
      ['sent', 'undelivered'],
      ['sent', 'delivered'],
      ['failed', 'delivered'],
      ['undelivered', 'delivered'],
    ]);
  });
});
