import { randomUUID } from 'node:crypto';
import { noticeKey } from '../../../domain/reminders/notice-key.ts';
import type { NoticeKind } from '../../../domain/reminders/kinds.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { District } from '../../support/cases/district.ts';

export interface NoticeFacts {
  readonly caseNumber: string;
  readonly party?: 'a' | 'b';
  readonly kind?: NoticeKind;
  readonly state: string;
  readonly dueAt: Date;
}

/** A notice as the case and the delivery would have left it, of an occasion of its own. */
export function noticeRow(
  { caseNumber, party = 'a', kind = 'window-open', state, dueAt }: NoticeFacts,
  more: Partial<Prisma.NoticeCreateManyInput> = {},
): Prisma.NoticeCreateManyInput & { readonly id: string } {
  const identity = { caseNumber, party, kind, deadlineVersion: 1, offsetDays: 0 };
  return {
    id: noticeKey({ ...identity, occasion: randomUUID() }),
    ...identity,
    channels: ['sms', 'email', 'call'],
    channel: 'sms',
    state,
    dueAt,
    sendAt: state === 'queued' || state === 'sending' ? new Date('2099-01-01T00:00:00Z') : null,
    props: {
      today: '2026-12-01',
      stageSince: '2026-12-01',
      coolingOffLastDay: '2026-11-30',
      claimFirstWorkingDay: '2026-12-01',
      claimLastDay: '2026-12-30',
    },
    ...more,
  };
}

/** Puts notices on record; answers their keys. */
export async function keepNotices(
  { db }: District,
  rows: readonly Prisma.NoticeCreateManyInput[],
): Promise<string[]> {
  await db.notice.createMany({ data: [...rows] });
  return rows.map(({ id }) => id);
}

/** A notice's address below `/reminders`: its key has slashes. */
export const addressOf = (id: string): string => `/reminders/${encodeURIComponent(id)}`;
