/**
 * The value below which a share `p` (0 to 1) of the samples lies, by the nearest rank.
 * @throws RangeError without samples or with a share outside 0 to 1
 */
export function percentile(samples: readonly number[], p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`not a share: ${p}`);
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no samples');
  return value;
}

export function mean(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('no samples');
  return samples.reduce((total, sample) => total + sample, 0) / samples.length;
}
