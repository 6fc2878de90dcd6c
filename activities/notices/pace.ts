/** Waits for the next turn. */
export type Pace = () => Promise<void>;

/** Turns spread evenly over time: however many wait, one comes every `1000 / perSecond` ms and none is saved up. */
export function evenPace(perSecond: number): Pace {
  const interval = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + interval;
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
  };
}
