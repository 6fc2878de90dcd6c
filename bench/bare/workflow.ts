import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type * as activities from './activities.ts';

const { nothing } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

/**
 * What any durable procedure of this size costs before it does anything: two messages, each followed by two
 * activities that do nothing. The yardstick a case is measured against.
 */
export async function bareWorkflow(): Promise<void> {
  let messages = 0;
  const take = (): number => (messages += 1);
  setHandler(defineUpdate<number>('first'), take);
  setHandler(defineUpdate<number>('second'), take);
  for (const wanted of [1, 2]) {
    await condition(() => messages >= wanted);
    await nothing();
    await nothing();
  }
}
