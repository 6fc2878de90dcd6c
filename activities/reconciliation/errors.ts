/** The case does not run, or did not answer in time; what was asked of it may still be done. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
