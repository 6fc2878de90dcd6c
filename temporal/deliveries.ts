import type { Client } from '@temporalio/client';
import type { NoticeActivities } from '../activities/notices/deliver-notices.ts';
import { batchSizeOf, type SendingRates, type Successors } from '../activities/notices/delivery-port.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { DELIVERY_QUEUES } from './names.ts';
import { once, ONCE } from './start-once.ts';

/** One look serves every notice of its half-second. */
const BUCKET_MS = 500;
/** Batches are started a little faster than the rate, so that the queue, which keeps the rate, is never empty. */
const AHEAD = 1.2;
/** Buckets that successors are started in at once: two seconds, more than it takes until one of them starts others. */
const MOST_BUCKETS = 4;
/** What this process remembers having started. */
const REMEMBERED = 5_000;
const DAY_MS = 86_400_000;

/**
 * Starts deliveries as activities of their own in the main namespace, each by the instant it looks at: whoever asks for
 * the same half-second again, in whatever process, starts nothing.
 * @param client of the main namespace, whatever namespace a notice's case is in
 * @param now real time
 */
export function deliveries(client: Client, rates: SendingRates, now: () => EpochMs = Date.now): Successors {
  const started = new Map<string, Promise<void>>();

  const start = (channel: GatewayChannel, at: EpochMs, index: number): Promise<void> => {
    const id = `deliver-${channel}-${new Date(at).toISOString()}${index === 0 ? '' : `-${index}`}`;
    const known = started.get(id);
    if (known) return known;
    const starting = once(() => startDelivery(client, id, channel, at, at - now()));
    started.set(id, starting);
    const oldest = started.size > REMEMBERED ? started.keys().next().value : undefined;
    if (oldest !== undefined) started.delete(oldest);
    // What failed is not remembered: the next one who asks tries again.
    starting.catch(() => started.delete(id));
    return starting;
  };

  return {
    async due(channels, sendAt) {
      const at = Math.max(bucketOf(sendAt), soonest(now()));
      await Promise.all([...new Set(channels)].map((channel) => start(channel, at, 0)));
    },
    async more(channel, batches) {
      const inBucket = batchesInBucket(rates[channel]);
      const first = soonest(now());
      const count = Math.min(batches, inBucket * MOST_BUCKETS);
      await Promise.all(
        Array.from({ length: count }, (_, index) =>
          start(channel, first + Math.floor(index / inBucket) * BUCKET_MS, index % inBucket),
        ),
      );
    },
  };
}

/** Rounded up, so that nothing starts early. */
function bucketOf(instant: EpochMs): EpochMs {
  return Math.ceil(instant / BUCKET_MS) * BUCKET_MS;
}

/**
 * The first half-second that may be asked for. Not the very next one: by the clock of a faster host it may have been
 * looked at already, and who asks for it again starts nothing. Half a second of difference is allowed for.
 */
function soonest(now: EpochMs): EpochMs {
  return bucketOf(now) + BUCKET_MS;
}

function batchesInBucket(perSecond: number): number {
  return Math.max(1, Math.ceil(((perSecond / batchSizeOf(perSecond)) * BUCKET_MS * AHEAD) / 1000));
}

async function startDelivery(
  client: Client,
  id: string,
  channel: GatewayChannel,
  at: EpochMs,
  delayMs: number,
): Promise<void> {
  await client.activity.start<NoticeActivities['deliverDue']>('deliverDue', {
    ...ONCE,
    id,
    taskQueue: DELIVERY_QUEUES[channel],
    args: [{ channel, at }],
    ...(delayMs > 0 ? { startDelay: delayMs } : {}),
    startToCloseTimeout: '1 minute',
    // A worker that is killed is missed after this long, and another takes its place.
    heartbeatTimeout: '20 seconds',
    scheduleToCloseTimeout: Math.max(0, delayMs) + DAY_MS,
    retry: { initialInterval: '2 seconds', maximumInterval: '1 minute' },
  });
}
