import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { sealKeyOf } from '../adapters/key-store/seal-key.ts';
import { archiveActivities } from '../activities/archive/archive-case.ts';
import { counsellingActivities } from '../activities/counselling/record-counselling.ts';
import { noticeActivities } from '../activities/notices/deliver-notice.ts';
import { volumePapers } from '../activities/papers/volume-papers.ts';
import { recordActivities } from '../activities/records/record-turn.ts';
import { preCheckActivities } from '../activities/registers/run-pre-check.ts';
import { archiveStore } from '../prisma/archive-store.ts';
import { counsellingRecords } from '../prisma/counselling-records.ts';
import { noticeStore } from '../prisma/notice-store.ts';
import { paperFacts } from '../prisma/paper-facts.ts';
import { preCheckStore } from '../prisma/pre-check-store.ts';
import { stepRecorder } from '../prisma/record-steps.ts';
import { caseSignals } from '../temporal/case-signals.ts';
import { handover } from '../temporal/handover.ts';
import { counsellingStarter } from '../temporal/start-counselling.ts';
import { historyOf } from './case-history.ts';
import type { Outside } from './outside.ts';

/** Every activity of one namespace, wired to the outside. */
export function allActivities(outside: Outside, client: Client, taskQueue: string): object {
  const { db, cipher, objects, keys, config } = outside;
  const signals = caseSignals(client);
  const factsOf = paperFacts(db, cipher);
  const attempt = (): number => Context.current().info.attempt;
  return {
    ...recordActivities(stepRecorder(db, cipher), handover(client, taskQueue)),
    ...preCheckActivities({
      store: preCheckStore(db, cipher),
      marriages: outside.marriages,
      households: outside.households,
      signals,
      attempt,
    }),
    ...noticeActivities({
      store: noticeStore(db, cipher),
      sms: outside.sms,
      mailer: outside.mailer,
      signals,
      house: { enquiryPhone: config.enquiryPhone },
      now: Date.now,
      attempt,
      age: () => Date.now() - Context.current().info.scheduledTimestampMs,
    }),
    ...archiveActivities({
      store: archiveStore(db, objects),
      papers: async (caseNumber) => volumePapers(await factsOf(caseNumber)),
      history: historyOf(client, keys),
      sealKey: () => sealKeyOf(keys),
      signals,
      attempt,
      pause: async (ms) => {
        Context.current().heartbeat();
        await Context.current().sleep(ms);
      },
    }),
    ...counsellingActivities(counsellingRecords(db), counsellingStarter(client, taskQueue)),
  };
}
