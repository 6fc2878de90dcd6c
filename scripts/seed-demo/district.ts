import { z } from 'zod';
import { type WorkCalendar, withYear } from '../../domain/clock/calendar.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { dateAt, type EpochMs } from '../../domain/zoned-time.ts';
import { applicationFor } from './application.ts';
import { coupleOf } from './people.ts';
import { playCase, type PlayedCase, type Stagehand } from './play-case.ts';
import type { RestClient } from './rest-client.ts';
import type { PlannedCase } from './scenario.ts';

export interface DistrictReport {
  readonly played: readonly PlayedCase[];
  /** What could not be made, one line each. */
  readonly failures: readonly string[];
  /** Every case was there before. */
  readonly already: boolean;
}

/** Enough to keep two cores busy, few enough that nobody else waits. */
const AT_ONCE = 4;
/** With fewer cases than this a district has not one of each stage, and no rehearsal either. */
const FULL_ROUND = 12;

/**
 * Makes the planned cases over REST. Keys and bodies are the same at every call, so a second call makes nothing new;
 * dates are counted from the day on which the first case was opened.
 */
export async function makeDistrict(
  client: RestClient,
  plan: readonly PlannedCase[],
  now: EpochMs,
  onProgress: (done: number) => void = () => undefined,
): Promise<DistrictReport> {
  // A couple that appears twice says nothing about which of its cases is there.
  const last = plan.findLast(({ number, coupleNumber }) => number === coupleNumber);
  const first = plan[0];
  if (!first || !last || (await openedOn(client, last))) return { played: [], failures: [], already: true };
  const today = (await openedOn(client, first)) ?? dateAt(now);
  const stagehand: Stagehand = { client, today, calendar: await calendarInForce(client) };
  const played: PlayedCase[] = [];
  const failures: string[] = [];
  const play = async (planned: PlannedCase): Promise<void> => {
    try {
      played.push(await playCase(stagehand, planned));
    } catch (error) {
      failures.push(
        `case ${planned.number} (${planned.scenario.id}): ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    onProgress(played.length + failures.length);
  };
  // The first case fixes the day and the last one says that all is done, so they stand at the two ends.
  await play(first);
  await inParallel(
    plan.filter((planned) => planned !== first && planned !== last),
    play,
  );
  if (plan.length >= FULL_ROUND) await rehearseLapse(stagehand, plan, failures);
  if (last !== first && failures.length === 0) await play(last);
  return { played, failures, already: false };
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

const listSchema = z.object({ items: z.array(z.object({ caseNumber: z.string() })) });
const openedSchema = z.object({ createdAt: z.string() });

/** The day on which this planned case was opened; undefined when it was not. Its couple is nobody else's. */
async function openedOn(client: RestClient, planned: PlannedCase): Promise<PlainDate | undefined> {
  const [a] = coupleOf(planned.coupleNumber, planned.scenario.couple);
  const { items } = listSchema.parse(await client.get('clerk', `/cases?q=${encodeURIComponent(a.idNumber)}`));
  const found = items[0];
  if (!found) return undefined;
  const { createdAt } = openedSchema.parse(await client.get('clerk', `/cases/${found.caseNumber}`));
  return dateAt(Date.parse(createdAt));
}

const calendarsSchema = z.object({
  calendars: z.array(
    z.object({
      year: z.number(),
      revision: z.number(),
      state: z.string(),
      off: z.array(z.string()),
      makeUp: z.array(z.string()),
    }),
  ),
});

/** What the district reckons with now: of each year the published calendar, else the provisional one. */
async function calendarInForce(client: RestClient): Promise<WorkCalendar> {
  const { calendars } = calendarsSchema.parse(await client.get('clerk', '/calendars'));
  let calendar: WorkCalendar = { version: 'demo', years: [] };
  for (const wanted of ['provisional', 'published']) {
    for (const { year, state, off, makeUp } of calendars.filter((each) => each.state === wanted)) {
      calendar = withYear(calendar, { year, published: state === 'published', off, makeUp }, 'demo');
    }
  }
  return calendar;
}

const rehearsedSchema = z.object({ caseNumber: z.string() });
/** A draft lapses after thirty idle days; only a rehearsal can show that on the first day. */
const PAST_IDLE_DAYS = 31;

async function rehearseLapse(
  { client, today }: Stagehand,
  plan: readonly PlannedCase[],
  failures: string[],
): Promise<void> {
  const draft = plan.find(({ scenario }) => scenario.stage === 'draft');
  if (!draft) return;
  try {
    const body = applicationFor(draft, today);
    const { caseNumber } = rehearsedSchema.parse(
      await client.post('clerk', '/rehearsal/cases', body, 'demo-rehearsal-open'),
    );
    await client.post(
      'clerk',
      `/rehearsal/cases/${caseNumber}/fast-forward`,
      { days: PAST_IDLE_DAYS },
      'demo-rehearsal-lapse',
    );
  } catch (error) {
    failures.push(`rehearsal of a lapse: ${error instanceof Error ? error.message : String(error)}`);
  }
}
