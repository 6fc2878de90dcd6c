/** An activity that costs what every activity costs. */
export function nothing(): Promise<void> {
  return Promise.resolve();
}
