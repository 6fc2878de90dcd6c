import type { Deliveries } from '../notices/delivery-port.ts';
import { GatewayRefused, GatewayUnavailable } from '../notices/errors.ts';
import {
  noticeDrift,
  type NoticeDrift,
  noticeRepair,
  type NoticeRepair,
} from '../../domain/reconciliation/notice-drift.ts';
import { GATEWAY_CHANNELS, type GatewayChannel } from '../../domain/reminders/kinds.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { eachInTime } from './in-time.ts';
import type {
  CaseSight,
  ComparedNotice,
  Found,
  LateReceipts,
  OpenFinding,
  ReconciliationStore,
  RepairError,
} from './port.ts';
import { askToReconcile, isoOrNull } from './repair-cases.ts';

export interface NoticeRepairs {
  readonly store: ReconciliationStore;
  readonly sight: CaseSight;
  readonly deliveries: Deliveries;
  readonly receipts: LateReceipts;
  readonly now: () => EpochMs;
  readonly beat: () => void;
}

export interface NoticesSettled {
  /** Notices that were looked at. */
  readonly notices: number;
  readonly drifts: number;
  readonly next?: string;
}

/** A drift with the notice that has it. */
interface Drifting {
  readonly notice: ComparedNotice;
  readonly code: NoticeDrift;
}

/** Lists and repairs what is wrong with a page of notices that may be late, or that no case knows of. */
export async function settleNotices(
  at: NoticeRepairs,
  runId: string,
  read: (after: string, limit: number, now: EpochMs) => Promise<readonly ComparedNotice[]>,
  after: string,
  limit: number,
): Promise<NoticesSettled> {
  const notices = await read(after, limit, at.now());
  const drifting = notices.flatMap((notice): Drifting[] => {
    const code = noticeDrift(notice, at.now());
    return code ? [{ notice, code }] : [];
  });
  await at.store.list(runId, drifting.map(foundOf));
  await repairAll(at, runId, drifting);
  const last = notices.at(-1)?.id;
  const more = notices.length === limit && last !== undefined;
  return { notices: notices.length, drifts: drifting.length, ...(more ? { next: last } : {}) };
}

function foundOf({ notice, code }: Drifting): Found {
  const { id, caseNumber, state, channel, dueAt, sendAt, sentAt } = notice;
  const detail = {
    state,
    channel: channel ?? null,
    dueAt: isoOrNull(dueAt),
    sendAt: isoOrNull(sendAt),
    sentAt: isoOrNull(sentAt),
  };
  return { ref: id, caseNumber, code, detail, repair: noticeRepair(code, notice) };
}

async function repairAll(at: NoticeRepairs, runId: string, drifting: readonly Drifting[]): Promise<void> {
  const { store, sight, receipts } = at;
  const inTime = { now: at.now, beat: () => at.beat() };
  await deliverAgain(at, drifting);
  const needing = (repair: NoticeRepair): readonly Drifting[] =>
    drifting.filter(({ notice, code }) => noticeRepair(code, notice) === repair);
  await store.notRepaired(needing('person').map(refOf), 'NEEDS_A_PERSON');

  // One look at its own plan serves all notices of a case; one that a person must look at is not asked.
  const byCase = Map.groupBy(needing('reconcile'), ({ notice }) => notice.caseNumber);
  const left = await store.leftToPersons([...byCase.keys()]);
  await eachInTime(inTime, [...byCase], async ([caseNumber, of]) => {
    const error = left.has(caseNumber) ? 'NEEDS_A_PERSON' : await askToReconcile(sight, caseNumber, runId);
    if (error) await store.notRepaired(of.map(refOf), error);
  });
  await eachInTime(inTime, needing('ask-gateway'), async (each) => {
    const error = await settleReceipt(receipts, each.notice.id);
    if (error) await store.notRepaired([refOf(each)], error);
  });
}

function refOf({ notice, code }: Drifting): OpenFinding {
  return { ref: notice.id, code };
}

/** One look of a channel's delivery serves all its notices. */
async function deliverAgain(
  { deliveries, now }: NoticeRepairs,
  drifting: readonly Drifting[],
): Promise<void> {
  const late = drifting.filter(({ notice, code }) => noticeRepair(code, notice) === 'deliver');
  const wanted = new Set(late.map(({ notice }) => notice.channel));
  // A notice that names no channel may be waiting for either.
  const channels: GatewayChannel[] = wanted.has(undefined)
    ? [...GATEWAY_CHANNELS]
    : GATEWAY_CHANNELS.filter((channel) => wanted.has(channel));
  if (channels.length > 0) await deliveries.due(channels, now());
}

async function settleReceipt(receipts: LateReceipts, noticeId: string): Promise<RepairError | undefined> {
  try {
    await receipts.settle(noticeId);
    return undefined;
  } catch (error) {
    if (error instanceof GatewayUnavailable || error instanceof GatewayRefused) return 'GATEWAY_AWAY';
    throw error;
  }
}
