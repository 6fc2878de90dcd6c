import { describe, expect, it } from '@jest/globals';
import {
  NOTICE_DRIFTS,
  type NoticeDrift,
  noticeDrift,
  type NoticeOnRecord,
  noticeRepair,
} from './notice-drift.ts';
import { SLACK } from './slack.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const DAY = 86_400_000;

function notice(state: NoticeOnRecord['state'], changes: Partial<NoticeOnRecord> = {}): NoticeOnRecord {
  return { state, channel: 'sms', dueAt: NOW - DAY, heldBack: false, caseOpen: true, ...changes };
}

const found: readonly [NoticeDrift, NoticeOnRecord, number, string][] = [
  ['PLANNED_OVERDUE', notice('planned', { dueAt: NOW, onPlan: true }), SLACK.planned, 'reconcile'],
  ['QUEUED_OVERDUE', notice('queued', { sendAt: NOW }), SLACK.queued, 'deliver'],
  ['SENDING_STUCK', notice('sending', { sendAt: NOW - DAY, attemptedAt: NOW }), SLACK.sending, 'deliver'],
  ['RECEIPT_LATE', notice('sent', { sentAt: NOW }), SLACK.receipt, 'ask-gateway'],
];

describe('a notice without its outcome', () => {
  it.each(found)('%s after its slack, and not before', (drift, row, slack, repair) => {
    expect(noticeDrift(row, NOW + slack)).toBeUndefined();
    expect(noticeDrift(row, NOW + slack + 1)).toBe(drift);
    expect(noticeRepair(drift, row)).toBe(repair);
  });
  it('is looked after while a delivery holds it', () => {
    for (const state of ['queued', 'sending'] as const) {
      expect(noticeDrift(notice(state, { sendAt: NOW - DAY, claimedUntil: NOW + 1 }), NOW)).toBeUndefined();
      expect(noticeDrift(notice(state, { sendAt: NOW - DAY, claimedUntil: NOW }), NOW)).toBeDefined();
    }
  });
  it('is late without an hour to leave at', () => {
    expect(noticeDrift(notice('queued'), NOW)).toBe('QUEUED_OVERDUE');
  });
});

describe('the plan', () => {
  it('differs when the case does not know of it, however far ahead', () => {
    const row = notice('planned', { dueAt: NOW + DAY, onPlan: false });
    expect(noticeDrift(row, NOW)).toBe('PLAN_DIFFERS');
    expect(noticeRepair('PLAN_DIFFERS', row)).toBe('reconcile');
    expect(noticeRepair('PLAN_DIFFERS', { caseOpen: false })).toBe('person');
  });
  it('may hold back what speaks of a date not settled', () => {
    expect(noticeDrift(notice('planned', { heldBack: true }), NOW)).toBeUndefined();
  });
  it('is believed where none is kept', () => {
    expect(noticeDrift(notice('planned', { dueAt: NOW + DAY }), NOW)).toBeUndefined();
  });
});

it('expects no receipt of an e-mail', () => {
  expect(noticeDrift(notice('sent', { channel: 'email', sentAt: NOW - 30 * DAY }), NOW)).toBeUndefined();
});

it('asks after no receipt for ever', () => {
  const row = notice('sent', { sentAt: NOW - SLACK.receiptGivenUp });
  expect(noticeDrift(row, NOW)).toBe('RECEIPT_LATE');
  expect(noticeDrift(row, NOW + 1)).toBeUndefined();
  expect(noticeDrift(notice('sent'), NOW)).toBeUndefined();
});

it('tries every drift', () => {
  expect(new Set([...found.map(([drift]) => drift), 'PLAN_DIFFERS'])).toEqual(new Set(NOTICE_DRIFTS));
});
