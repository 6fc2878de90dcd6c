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
import { loadConfig } from '../config/config.ts';
import { refuseToStart } from '../config/refuse-to-start.ts';
import packageJson from '../package.json' with { type: 'json' };
import { clientDataConverter, dataConverter } from '../temporal/codec/data-converter.ts';
import { TASK_QUEUE } from '../temporal/names.ts';
import { allActivities } from './activities.ts';
import { engineLogger } from './engine-logger.ts';
import { type Outside, outsideOf } from './outside.ts';

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
const workers = await Promise.all(
  [config.temporal.namespace, config.temporal.rehearsalNamespace].map((namespace) =>
    createWorker(outside, connection, namespace),
  ),
);
const running = Promise.all(workers.map((worker) => worker.run()));
console.log(JSON.stringify({ ready: true }));

const stop = (): void => {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);

await running;
await connection.close();
outside.policies.stop();
await outside.db.$disconnect();
process.exit(0);

async function openOutside(): Promise<Outside> {
  const opened = outsideOf(config, log);
  await opened.policies.start();
  return opened;
}

async function createWorker(to: Outside, native: NativeConnection, namespace: string): Promise<Worker> {
  const client = new Client({
    connection: native,
    namespace,
    identity: 'worker',
    dataConverter: clientDataConverter(to.keys),
  });
  return Worker.create({
    connection: native,
    namespace,
    taskQueue: TASK_QUEUE,
    // Stands in every event of every history, so it is short.
    identity: 'w',
    workerDeploymentOptions: {
      version: { deploymentName: 'heli', buildId: VERSION },
      useWorkerVersioning: false,
    },
    dataConverter: dataConverter(to.keys),
    activities: allActivities(to, client, TASK_QUEUE),
    ...workflowCode(),
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: 50,
    shutdownGraceTime: '10 seconds',
  });
}

/** The bundle built at set-up; without it (tests of workflow code) it is built on the spot. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = resolve(import.meta.dirname, '../.build/workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: resolve(import.meta.dirname, '../workflows/index.ts') };
}
