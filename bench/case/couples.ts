/** Numbers couples, so that no two cases of a run are of the same people. */
export class Couples {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}
