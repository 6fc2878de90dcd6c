import { expect, it } from '@jest/globals';
import { inFlight } from './in-flight.ts';

it('does all the work in order of results, so many at a time and no more', async () => {
  let running = 0;
  let most = 0;
  const results = await inFlight(20, 3, async (index) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, (index % 4) * 2));
    running -= 1;
    return index;
  });
  expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(most).toBe(3);
});

it('fails with the first failure', async () => {
  const work = (index: number) => (index === 2 ? Promise.reject(new Error('two')) : Promise.resolve(index));
  await expect(inFlight(5, 2, work)).rejects.toThrow('two');
});
