import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { sealKeyOf } from '../adapters/key-store/seal-key.ts';
import { archiveActivities } from '../activities/archive/archive-case.ts';
import { recomputationActivities } from '../activities/calendars/recompute-cases.ts';
import { counsellingActivities } from '../activities/counselling/record-counselling.ts';
import type { NoticeActivities } from '../activities/notices/deliver-notices.ts';
import type { Deliveries } from '../activities/notices/delivery-port.ts';
import { volumePapers } from '../activities/papers/volume-papers.ts';
import { recordActivities } from '../activities/records/record-turn.ts';
import { preCheckActivities } from '../activities/registers/run-pre-check.ts';
import { archiveStore } from '../prisma/archive-store.ts';
import { counsellingRecords } from '../prisma/counselling-records.ts';
import { paperFacts } from '../prisma/paper-facts.ts';
import { preCheckStore } from '../prisma/pre-check-store.ts';
import { recomputationStore } from '../prisma/recomputations.ts';
import { stepRecorder } from '../prisma/record-steps.ts';
import { caseSignals } from '../temporal/case-signals.ts';
import { handover } from '../temporal/handover.ts';
import { caseTeller } from '../temporal/recomputation.ts';
import { counsellingStarter } from '../temporal/start-counselling.ts';
import { historyOf } from './case-history.ts';
import type { Outside } from './outside.ts';

/** Every activity of one namespace, wired to the outside. */
export function allActivities(
  outside: Outside,
  client: Client,
  taskQueue: string,
  deliveries: Deliveries,
  notices: NoticeActivities,
): object {
  const { db, cipher, objects, keys } = outside;
  const signals = caseSignals(client);
  const factsOf = paperFacts(db, cipher);
  const handedOver = handover(client, taskQueue, deliveries);
  const attempt = (): number => Context.current().info.attempt;
  return {
    ...recordActivities(stepRecorder(db, cipher), handedOver),
    ...preCheckActivities({
      store: preCheckStore(db, cipher),
      marriages: outside.marriages,
      households: outside.households,
      signals,
      attempt,
    }),
    ...notices,
    ...archiveActivities({
      store: archiveStore(db, objects),
      papers: async (caseNumber) => volumePapers(await factsOf(caseNumber)),
      history: historyOf(client, keys),
      sealKey: () => sealKeyOf(keys),
      handover: handedOver,
      signals,
      attempt,
      pause: async (ms) => {
        Context.current().heartbeat();
        await Context.current().sleep(ms);
      },
    }),
    ...counsellingActivities(counsellingRecords(db), counsellingStarter(client, taskQueue)),
    ...recomputationActivities({ store: recomputationStore(db), cases: caseTeller(client), now: Date.now }),
  };
}
