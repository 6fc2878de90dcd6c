import { clearAttention } from '../../domain/case/attention.ts';
import { preCheckDone } from '../../domain/case/events.ts';
import { runPreCheck } from './activities.ts';
import type { CaseDesk } from './case-desk.ts';

/** Runs the automatic checks of a submitted case beside whatever else happens to it. */
export class PreCheck {
  private running: number | undefined;
  private readonly desk: CaseDesk;

  constructor(desk: CaseDesk) {
    this.desk = desk;
  }

  get idle(): boolean {
    return this.running === undefined;
  }

  startIfDue(done: () => void): void {
    const { stage, preCheck, caseNumber } = this.desk.state;
    if (stage !== 'pre-check' || !preCheck || preCheck.done || this.running !== undefined) return;
    const { round } = preCheck;
    this.running = round;
    void this.run(caseNumber, round).finally(() => {
      this.running = undefined;
      done();
    });
  }

  private async run(caseNumber: string, round: number): Promise<void> {
    const summary = await runPreCheck({ caseNumber, round, now: Date.now() });
    await this.desk.change((state, now) => {
      const done = preCheckDone(state, summary, now);
      if (!done) return undefined;
      const cleared = clearAttention(done.state, 'REGISTER_UNAVAILABLE', now);
      return cleared
        ? { state: cleared.state, steps: [done.step, cleared.step] }
        : { state: done.state, steps: [done.step] };
    });
  }
}
