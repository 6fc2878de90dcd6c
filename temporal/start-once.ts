import { ActivityExecutionAlreadyStartedError } from '@temporalio/client';

/** A key is used once, ever: whoever comes second finds the work running or done. */
export const ONCE = { idReusePolicy: 'REJECT_DUPLICATE', idConflictPolicy: 'USE_EXISTING' } as const;

/** Starts work by its key; that it has been started already is as good. */
export async function once(start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof ActivityExecutionAlreadyStartedError)) throw error;
  }
}
