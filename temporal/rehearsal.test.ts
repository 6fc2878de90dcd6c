import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { LocalKeyStore } from '../adapters/key-store/local-key-store.ts';
import { connect, type Engine, EngineUnreachable } from './client.ts';
import { dataConverter, FAILURE_CONVERTER_PATH } from './codec/data-converter.ts';
import { payloadCodec } from './codec/payload-codec.ts';
import { finish, type runAgain, tellTime, type waitDays, type waitForChild } from './fixtures/wait.ts';
import { type HistoryEvent, HistoryNotFound, readHistory } from './history.ts';
import { REHEARSAL_NAMESPACE } from './names.ts';
import {
  BlockedByChildWorkflow,
  MoveNotForward,
  MoveTimedOut,
  NotARehearsalCase,
} from './rehearsal-errors.ts';
import { system } from '../tests/support/system.ts';
import { caseNow, fastForward } from './rehearsal.ts';

const DAY = 86_400_000;
const address = system().temporalAddress;
const taskQueue = `rehearsal-test-${randomUUID()}`;
const noCaseKeys = {
  insert: () => Promise.reject(new Error('no case keys here')),
  find: () => Promise.reject(new Error('no case keys here')),
  erase: () => Promise.reject(new Error('no case keys here')),
};
const keys = new LocalKeyStore({ masterKey: randomBytes(32), storage: noCaseKeys });
const codec = payloadCodec(keys);

let engine: Engine;
let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  engine = await connect({ address, keyStore: keys, identity: 'test' });
  connection = await NativeConnection.connect({ address });
  worker = await Worker.create({
    connection,
    namespace: REHEARSAL_NAMESPACE,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'fixtures', 'wait.ts'),
      failureConverterPath: FAILURE_CONVERTER_PATH,
      logger: new DefaultLogger('ERROR'),
    }),
    dataConverter: dataConverter(keys),
  });
  running = worker.run();
}, 60_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await engine.close();
});

function startWaiting(days: number[], queue = taskQueue): Promise<WorkflowHandle<typeof waitDays>> {
  return engine.rehearsal.workflow.start<typeof waitDays>('waitDays', {
    workflowId: `test-${randomUUID()}`,
    taskQueue: queue,
    args: [days],
  });
}

async function historyOf(workflowId: string, pageSize: number): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let pages = 0;
  for await (const page of readHistory(engine.rehearsal, codec, workflowId, { pageSize })) {
    pages += 1;
    events.push(...page.events);
  }
  expect(pages).toBeGreaterThan(1);
  return events;
}

describe('moving a case forward', () => {
  it('fires the timers on the way at their own time, and twice adds up', async () => {
    const handle = await startWaiting([10, 20]);
    const started = await caseNow(engine.rehearsal, handle.workflowId);
    expect(Math.abs(started - Date.now())).toBeLessThan(10_000);

    const first = await fastForward(engine.rehearsal, handle.workflowId, { byMs: 27 * DAY });
    expect(first.ended).toBe(false);
    expect(Math.abs(first.now - started - 27 * DAY)).toBeLessThan(20_000);

    const to = started + 45 * DAY;
    const second = await fastForward(engine.rehearsal, handle.workflowId, { to });
    expect(second.now).toBeGreaterThanOrEqual(to);
    expect(second.now - to).toBeLessThan(20_000);
    const told = await handle.executeUpdate(tellTime, { args: [{ refuse: false }] });
    expect(Math.abs(told - to)).toBeLessThan(20_000);

    await handle.signal(finish);
    const woke = await handle.result();
    expect(woke.map((at) => Math.round((at - started) / DAY))).toEqual([10, 30]);
  });

  it('goes over continue-as-new, tells that the case ended, and its history has every run', async () => {
    const handle = await engine.rehearsal.workflow.start<typeof runAgain>('runAgain', {
      workflowId: `test-${randomUUID()}`,
      taskQueue,
      args: [3],
    });
    expect(await fastForward(engine.rehearsal, handle.workflowId, { byMs: 9 * DAY })).toMatchObject({
      ended: true,
    });
    const events = await historyOf(handle.workflowId, 2);
    expect(new Set(events.map((event) => event.runId)).size).toBe(3);
    const starts = events.filter((event) => event.type === 'WORKFLOW_EXECUTION_STARTED');
    expect(starts.map((event) => event.attributes['input'])).toEqual([[3], [2], [1]]);
  });

  it('is refused backwards, in the main namespace, for an unknown case and while a child is open', async () => {
    const handle = await startWaiting([]);
    const id = handle.workflowId;
    await expect(fastForward(engine.rehearsal, id, { byMs: 0 })).rejects.toThrow(MoveNotForward);
    await expect(fastForward(engine.rehearsal, id, { to: 0 })).rejects.toThrow(MoveNotForward);
    await expect(fastForward(engine.rehearsal, 'test-none', { byMs: 1 })).rejects.toThrow(NotARehearsalCase);
    await handle.terminate();

    const real = await engine.main.workflow.start('waitDays', {
      workflowId: `test-${randomUUID()}`,
      taskQueue,
      args: [[1]],
    });
    await expect(fastForward(engine.main, real.workflowId, { byMs: DAY })).rejects.toThrow(NotARehearsalCase);
    await real.terminate();

    const childId = `test-${randomUUID()}`;
    const parent = await engine.rehearsal.workflow.start<typeof waitForChild>('waitForChild', {
      workflowId: `test-${randomUUID()}`,
      taskQueue,
      args: [childId],
    });
    const child = engine.rehearsal.workflow.getHandle(childId);
    while ((await child.describe().catch(() => undefined)) === undefined) await parent.describe();
    await expect(fastForward(engine.rehearsal, parent.workflowId, { byMs: DAY })).rejects.toThrow(
      BlockedByChildWorkflow,
    );
    await child.signal(finish);
    await parent.result();
  });

  it('without a worker ends in time, and the case stays where it was', async () => {
    const handle = await startWaiting([5], `nobody-${randomUUID()}`);
    const move = fastForward(engine.rehearsal, handle.workflowId, { byMs: DAY }, { timeoutMs: 1_000 });
    await expect(move).rejects.toThrow(MoveTimedOut);
    expect(Math.abs((await caseNow(engine.rehearsal, handle.workflowId)) - Date.now())).toBeLessThan(10_000);
    await handle.terminate();
  });
});

describe('the history of a case', () => {
  it('is sealed in the engine and readable here, failures too', async () => {
    const handle = await startWaiting([]);
    const refused = handle.executeUpdate(tellTime, { args: [{ refuse: true }] });
    await expect(refused).rejects.toMatchObject({
      cause: { type: 'OfficeClosed', details: [{ until: 'Monday' }] },
    });
    await handle.signal(finish);
    await handle.result();

    const raw = (await handle.fetchHistory()).events ?? [];
    const stored = Buffer.from(proto.temporal.api.history.v1.History.encode({ events: raw }).finish());
    expect(stored.includes('binary/encrypted-heli')).toBe(true);
    for (const secret of ['the office is closed', 'Monday', 'refuse'])
      expect(stored.includes(secret)).toBe(false);
    const events = await historyOf(handle.workflowId, 2);
    expect(events.map((event) => event.eventId)).toEqual(raw.map((_event, index) => index + 1));
    const completed = events.find((event) => event.type === 'WORKFLOW_EXECUTION_UPDATE_COMPLETED');
    expect(completed?.attributes['outcome']).toMatchObject({
      failure: {
        message: 'the office is closed',
        applicationFailureInfo: { type: 'OfficeClosed', nonRetryable: true, details: [{ until: 'Monday' }] },
      },
    });
  });

  it('says which payloads do not open instead of hiding the rest', async () => {
    const handle = await startWaiting([]);
    const otherKeys = payloadCodec(new LocalKeyStore({ masterKey: randomBytes(32), storage: noCaseKeys }));
    const pages = readHistory(engine.rehearsal, otherKeys, handle.workflowId);
    const first = await pages.next();
    await handle.terminate();
    if (first.done === true) throw new Error('the history has no page');
    expect(first.value.earlierRunsGone).toBe(false);
    expect(first.value.events[0]?.attributes['input']).toEqual([{ undecodable: 'PayloadKeyUnknown' }]);
  });

  it('of an unknown case is a named error', async () => {
    await expect(historyOf('test-none', 10)).rejects.toThrow(HistoryNotFound);
  });
});

describe('connecting', () => {
  it('to nobody is a named error, soon', async () => {
    const attempt = connect({ address: '127.0.0.1:1', keyStore: keys, connectTimeoutMs: 500 });
    await expect(attempt).rejects.toThrow(EngineUnreachable);
  });
});
