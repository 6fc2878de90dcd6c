import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { EpochMs } from '../../domain/zoned-time.ts';

/**
 * The case's one timer, for a deadline that moves. A pending timer that rings too early is left alone where
 * `patient` allows: a ring is a few events, moving a timer at every act is more.
 */
export class Alarm {
  private pending: { readonly at: EpochMs; readonly scope: CancellationScope } | undefined;
  private readonly ring: () => void;

  constructor(ring: () => void) {
    this.ring = ring;
  }

  /** When the timer that runs will ring; undefined when none does. */
  get at(): EpochMs | undefined {
    return this.pending?.at;
  }

  /** Rings at `at` at the latest; `undefined` asks for nothing. */
  set(at: EpochMs | undefined, patient: boolean): void {
    if (at === undefined) return;
    if (this.pending?.at === at || (patient && this.pending && this.pending.at < at)) return;
    this.pending?.scope.cancel();
    const scope = new CancellationScope();
    this.pending = { at, scope };
    void scope.run(async () => {
      try {
        await sleep(Math.max(1, at - Date.now()));
        this.pending = undefined;
        this.ring();
      } catch (error) {
        if (!isCancellation(error)) throw error;
      }
    });
  }
}
