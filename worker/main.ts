import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from '@temporalio/client';
import {
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { pino } from 'pino';
import { batchSizeOf } from '../activities/notices/delivery-port.ts';
import { loadConfig } from '../config/config.ts';
import { refuseToStart } from '../config/refuse-to-start.ts';
import { isRehearsal } from '../domain/numbers.ts';
import { GATEWAY_CHANNELS, type GatewayChannel } from '../domain/reminders/kinds.ts';
import packageJson from '../package.json' with { type: 'json' };
import { clientDataConverter, dataConverter } from '../temporal/codec/data-converter.ts';
import { signalsByCase } from '../temporal/case-signals.ts';
import { deliveries } from '../temporal/deliveries.ts';
import { DELIVERY_QUEUES, TASK_QUEUE } from '../temporal/names.ts';
import { allActivities } from './activities.ts';
import { deliveryActivities } from './deliver.ts';
import { engineLogger } from './engine-logger.ts';
import { type Outside, outsideOf } from './outside.ts';
import { keepReconciling, reconciliationOf } from './reconciliation.ts';

/** The worker process: workflows and activities of the district and of the rehearsal, wired and nothing else. */
const VERSION = packageJson.version;
const config = loadConfig(process.env);
const log = pino({ level: config.logLevel, base: { part: 'worker' } }, pino.destination(2));
// The core's own log quotes failures, so it too goes through the filter.
Runtime.install({
  logger: engineLogger(log),
  shutdownSignals: [],
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} } },
});

const outside = await openOutside().catch(refuseToStart);
const connection = await NativeConnection.connect({ address: config.temporal.address });
const main = clientOf(config.temporal.namespace);
const rehearsal = clientOf(config.temporal.rehearsalNamespace);
const successors = deliveries(main, config.rates);
const notices = deliveryActivities(
  outside,
  successors,
  signalsByCase((caseNumber) => (isRehearsal(caseNumber) ? rehearsal : main)),
);
const workers = await Promise.all([
  createWorker(outside, connection, main),
  createWorker(outside, connection, rehearsal),
  ...GATEWAY_CHANNELS.map((channel) => createDeliverer(outside, connection, channel)),
]);
const running = Promise.all(workers.map((worker) => worker.run()));
const stopSettingUp = keepReconciling(outside, main, TASK_QUEUE, log);
console.log(JSON.stringify({ ready: true }));

const stop = (): void => {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);

await running;
stopSettingUp();
await connection.close();
outside.policies.stop();
await outside.db.$disconnect();
process.exit(0);

async function openOutside(): Promise<Outside> {
  const opened = outsideOf(config, log);
  await opened.policies.start();
  return opened;
}

function clientOf(namespace: string): Client {
  return new Client({
    connection,
    namespace,
    identity: 'worker',
    dataConverter: clientDataConverter(outside.keys),
  });
}

async function createWorker(to: Outside, native: NativeConnection, client: Client): Promise<Worker> {
  return Worker.create({
    connection: native,
    namespace: client.options.namespace,
    taskQueue: TASK_QUEUE,
    // Stands in every event of every history, so it is short.
    identity: 'w',
    workerDeploymentOptions: {
      version: { deploymentName: 'heli', buildId: VERSION },
      useWorkerVersioning: false,
    },
    dataConverter: dataConverter(to.keys),
    activities: {
      ...allActivities(to, client, TASK_QUEUE, successors, notices),
      // A rehearsed case lives in a time of its own, which no record could be compared with.
      ...(client === main ? reconciliationOf(to, main, TASK_QUEUE, successors) : {}),
    },
    ...workflowCode(),
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: 50,
    shutdownGraceTime: '10 seconds',
  });
}

/** Batches of one channel. The engine hands them out no faster than the gateway's rate, over all worker processes. */
async function createDeliverer(
  to: Outside,
  native: NativeConnection,
  channel: GatewayChannel,
): Promise<Worker> {
  const perSecond = config.rates[channel];
  return Worker.create({
    connection: native,
    namespace: config.temporal.namespace,
    taskQueue: DELIVERY_QUEUES[channel],
    identity: 'w',
    dataConverter: dataConverter(to.keys),
    activities: notices,
    maxTaskQueueActivitiesPerSecond: perSecond / batchSizeOf(perSecond),
    maxConcurrentActivityTaskExecutions: 30,
    maxConcurrentActivityTaskPolls: 2,
    shutdownGraceTime: '20 seconds',
  });
}

/** The bundle built at set-up; without it (tests of workflow code) it is built on the spot. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = resolve(import.meta.dirname, '../.build/workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: resolve(import.meta.dirname, '../workflows/index.ts') };
}
