import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';

import type { EpochMs } from '../domain/zoned-time.ts';
import {
  BlockedByChildWorkflow,
  MoveFailed,
  MoveNotForward,
  nameFailure,
  OvertakenByAnotherMove,
} from './rehearsal-errors.ts';
import { msToDuration, optionalProtoToMs } from './proto-time.ts';

/** How far: by a duration in milliseconds, or to an instant of the case's own time. */
export type Move = { readonly byMs: number } | { readonly to: EpochMs };

export interface MoveOptions {
  /** Longest time for the whole move, in milliseconds; default 120 000. */
  readonly timeoutMs?: number;
}

export interface Moved {
  /** The case's own time when it had settled. */
  readonly now: EpochMs;
  /** The case came to its end on the way. */
  readonly ended: boolean;
}

/** More jumps than any case needs; a failing activity, whose waits are skipped too, meets this limit at last. */
const MAX_SKIPS = 1_000;
/** Values of the server's `FastForwardPollingResult`. */
const COMPLETED = 2;
const FAILED = 3;
/** Fields of the workflow's options that are replaced. */
const MASK = { paths: ['time_skipping_config'] };

/**
 * Moves one rehearsal case forward and returns when the engine says it is there and what fell due on the way is done.
 * Timers on the way fire one after the other at their own time; afterwards the case's clock goes on at normal speed.
 * @throws {NotARehearsalCase}, {MoveNotForward}, {BlockedByChildWorkflow}, {OvertakenByAnotherMove}, {MoveTimedOut},
 * {MoveFailed}; after any of them the case no longer skips time.
 */
export async function fastForward(
  client: Client,
  workflowId: string,
  move: Move,
  options: MoveOptions = {},
): Promise<Moved> {
  const until = Date.now() + (options.timeoutMs ?? 120_000);
  return nameFailure(
    client.withDeadline(until, async () => {
      const before = await describeCase(client, workflowId);
      if (before.ended) throw new MoveFailed('the case has ended');
      const byMs = Math.round('to' in move ? move.to - before.now : move.byMs);
      if (!(byMs > 0)) throw new MoveNotForward();
      if (before.openChildren.length > 0) throw new BlockedByChildWorkflow(before.openChildren);
      await jump(client, workflowId, byMs);
      return settle(client, workflowId);
    }),
  );
}

/**
 * The case's own time, which in the rehearsal namespace may be ahead of the real one. A query cannot tell it: in a
 * query the time is that of the last workflow task.
 * @throws {NotARehearsalCase} when there is no such workflow in the client's namespace.
 */
export async function caseNow(client: Client, workflowId: string): Promise<EpochMs> {
  return (await nameFailure(describeCase(client, workflowId))).now;
}

async function jump(client: Client, workflowId: string, byMs: number): Promise<void> {
  const fastForwardId = randomUUID();
  await setSkipping(client, workflowId, {
    enabled: true,
    maxSessionSkipCount: MAX_SKIPS,
    fastForwardConfig: { id: fastForwardId, duration: msToDuration(byMs) },
  });
  try {
    await arrival(client, workflowId, fastForwardId);
  } catch (error) {
    // Left on, the case would leap the moment it can, long after its user was told that the move failed. An
    // overtaken move leaves the setting to the one that overtook it.
    if (!(error instanceof OvertakenByAnotherMove)) await stopSkipping(client, workflowId);
    throw error;
  }
}

/** Polls until the move is complete; each poll returns by itself after some seconds. */
async function arrival(client: Client, workflowId: string, fastForwardId: string): Promise<void> {
  for (;;) {
    const answer = await client.workflowService.pollWorkflowExecutionTimeSkipping({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      fastForwardId,
    });
    const result: number = answer.fastForwardPollingResult;
    if (result === COMPLETED) return;
    const state = await describeCase(client, workflowId);
    if (state.ended) return;
    if (result === FAILED) throw failureOf(answer.failedReason);
    if (state.openChildren.length > 0) throw new BlockedByChildWorkflow(state.openChildren);
  }
}

function failureOf(reason: string): Error {
  return reason.includes('does not match') || reason.includes('reset')
    ? new OvertakenByAnotherMove()
    : new MoveFailed(reason);
}

/** Waits until nothing is under way: no workflow task, and no activity but one that waits for its next attempt. */
async function settle(client: Client, workflowId: string): Promise<Moved> {
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 320)) {
    const state = await describeCase(client, workflowId);
    if (state.ended || !state.busy) return { now: state.now, ended: state.ended };
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

interface CaseState {
  readonly now: EpochMs;
  readonly ended: boolean;
  readonly busy: boolean;
  readonly openChildren: readonly string[];
}

async function describeCase(client: Client, workflowId: string): Promise<CaseState> {
  const described = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  });
  const closed = optionalProtoToMs(described.workflowExecutionInfo?.closeTime);
  const skipped = optionalProtoToMs(described.workflowExtendedInfo?.timeSkippingInfo?.currentTime);
  return {
    // Before its first move a case has no time of its own: the real one is its own.
    now: closed ?? skipped ?? Date.now(),
    ended: closed !== undefined,
    busy:
      Boolean(described.pendingWorkflowTask) ||
      described.pendingActivities.some((activity) => !activity.nextAttemptScheduleTime),
    openChildren: described.pendingChildren.map((child) => child.workflowId ?? ''),
  };
}

type SkippingConfig = NonNullable<
  NonNullable<
    Parameters<Client['workflowService']['updateWorkflowExecutionOptions']>[0]['workflowExecutionOptions']
  >['timeSkippingConfig']
>;

async function setSkipping(client: Client, workflowId: string, config: SkippingConfig): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    identity: client.options.identity,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: config },
    updateMask: MASK,
  });
}

/** With a deadline of its own, since the move's may just have passed. Should it fail too, the first error counts. */
async function stopSkipping(client: Client, workflowId: string): Promise<void> {
  await client
    .withDeadline(Date.now() + 5_000, () => setSkipping(client, workflowId, { enabled: false }))
    .catch(() => undefined);
}
