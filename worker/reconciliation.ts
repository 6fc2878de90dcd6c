import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Deliveries } from '../activities/notices/delivery-port.ts';
import { lateReceipts } from '../activities/reconciliation/late-receipts.ts';
import {
  type ReconciliationActivities,
  reconciliationActivities,
} from '../activities/reconciliation/reconcile.ts';
import { noticeReceipts } from '../prisma/notice-receipts.ts';
import { reconciliationStore } from '../prisma/queries/reconciliation.ts';
import { messageOf } from '../prisma/queries/reconciliation-notices.ts';
import { untoldCases } from '../prisma/queries/untold-cases.ts';
import { caseSight } from '../temporal/case-sight.ts';
import { caseSignals } from '../temporal/case-signals.ts';
import { ensureSchedules, reconcileNow } from '../temporal/schedules.ts';
import type { Outside } from './outside.ts';

/** More are told by the next run. */
const UNTOLD_AT_ONCE = 200;

/** The steps of a reconciliation, wired to the outside. They compare the real cases only, whichever worker runs them. */
export function reconciliationOf(
  { db, cipher, sms, config }: Outside,
  client: Client,
  taskQueue: string,
  deliveries: Deliveries,
): ReconciliationActivities {
  const signals = caseSignals(client);
  const receipts = noticeReceipts(db, cipher);
  return reconciliationActivities({
    store: reconciliationStore(db),
    sight: caseSight(client, taskQueue),
    deliveries,
    receipts: lateReceipts({
      sms,
      receipts,
      deliveries,
      signals,
      messageOf: (noticeId) => messageOf(db, noticeId),
      now: Date.now,
    }),
    tellUntold: async () => {
      for (const caseNumber of await untoldCases(db, UNTOLD_AT_ONCE)) {
        await signals.attention(caseNumber, 'NOTICE_FAILED', true);
      }
    },
    perSecond: config.reconciliation.perSecond,
    now: Date.now,
    beat: (done) => Context.current().heartbeat(done),
    done: () => {
      const details: unknown = Context.current().info.heartbeatDetails;
      return typeof details === 'number' ? details : 0;
    },
    pause: (ms) => Context.current().sleep(ms),
  });
}

const SET_UP_AGAIN_MS = 15_000;

/**
 * Sees to it that reconciliation goes on by itself, and begins it: after a standstill nobody should wait for the clock.
 * The worker does not wait for it; what fails is tried again.
 * @returns gives up trying
 */
export function keepReconciling(
  { config }: Outside,
  client: Client,
  taskQueue: string,
  log: Logger,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const setUp = async (): Promise<void> => {
    try {
      await ensureSchedules(client, taskQueue, config.reconciliation);
      await reconcileNow(client);
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'reconciliation not set up yet');
      timer = setTimeout(() => void setUp(), SET_UP_AGAIN_MS);
    }
  };
  void setUp();
  return () => clearTimeout(timer);
}
