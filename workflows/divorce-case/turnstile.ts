/** One at a time, in the order of arrival: acts, signals and the clock must not interleave within a case. */
export class Turnstile {
  private last: Promise<unknown> = Promise.resolve();
  private inside = 0;

  async pass<T>(work: () => Promise<T>): Promise<T> {
    this.inside += 1;
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.inside -= 1;
    }
  }

  get empty(): boolean {
    return this.inside === 0;
  }
}
