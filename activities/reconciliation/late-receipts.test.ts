import { expect, it } from '@jest/globals';
import type { MessageStatus } from '../notices/port.ts';
import { lateReceipts, NO_RECEIPT } from './late-receipts.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');

/** What is noted of a notice when the gateway, asked, says this. */
async function noted(answer: MessageStatus | undefined) {
  const notes: MessageStatus[] = [];
  const receipts = lateReceipts({
    sms: { statusOf: () => Promise.resolve(answer) },
    receipts: {
      note: (status) => {
        notes.push(status);
        return Promise.resolve({ kind: 'noted' });
      },
    },
    deliveries: { due: () => Promise.resolve() },
    signals: { attention: () => Promise.resolve() },
    messageOf: () => Promise.resolve('SM1'),
    now: () => NOW,
  });
  await receipts.settle('notice-1');
  return notes;
}

const LOST = { providerId: 'SM1', status: 'undelivered', errorCode: NO_RECEIPT, failure: 'permanent' };

it.each(['delivered', 'undelivered', 'failed'] as const)('notes %s like a receipt', async (status) => {
  expect(await noted({ providerId: 'SM1', status })).toEqual([{ providerId: 'SM1', status }]);
});

it.each(['queued', 'sent'] as const)('takes what is only %s after hours for lost', async (status) => {
  expect(await noted({ providerId: 'SM1', status })).toEqual([LOST]);
});

it('takes for lost what the gateway does not know', async () => {
  expect(await noted(undefined)).toEqual([LOST]);
});
