import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { NAMESPACE } from '../../temporal/names.ts';
import * as activities from './activities.ts';
import { BARE_QUEUE } from './messages.ts';

/** The process that runs the bare workflow: the engine's defaults, no codec, nothing of Heli. */
const address = process.argv[2];
if (!address) throw new Error('usage: worker.ts <host:port of the Temporal server>');
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, shutdownSignals: ['SIGTERM'] });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace: NAMESPACE,
  taskQueue: BARE_QUEUE,
  activities,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: join(import.meta.dirname, 'workflow.ts'),
    logger,
  }),
});
const running = worker.run();
console.log(JSON.stringify({ ready: true }));
await running;
await connection.close();
