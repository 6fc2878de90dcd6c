import { seedCalendars } from '../../adapters/calendars/chinese-days.ts';
import { isWorkingDay } from '../../domain/clock/calendar.ts';
import { addDays, type PlainDate, yearOf } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import type { BenchSystem } from '../bench-system.ts';
import { applicationOf } from '../case/couple.ts';
import type { Couples } from '../case/couples.ts';
import { type Cost, idleCost } from '../counters/cost.ts';
import type { DatabaseName } from '../counters/statements.ts';
import { growth, tableBytes } from '../counters/tables.ts';
import { inFlight } from '../in-flight.ts';
import type { Sizes } from '../sizes.ts';

export const FEW = 10;
/** Timers and buffers of what has just been done run out before idling is measured. */
const SETTLE_MS = 30_000;

export interface OpenCases {
  readonly count: number;
  /** Bytes a case, by database, with indexes and toast. */
  readonly bytes: Readonly<Record<DatabaseName, number>>;
  /** The tables that grow most, bytes a case. */
  readonly tables: readonly (readonly [database: DatabaseName, table: string, bytes: number])[];
  readonly importsPerSecond: number;
  readonly idleWithFew: Cost;
  readonly idleWithMany: Cost;
}

/** Imports running cases, in their cooling-off period, into an engine that has next to none. */
export async function measureOpenCases(
  bench: BenchSystem,
  couples: Couples,
  sizes: Sizes,
): Promise<OpenCases> {
  const { openCases: count, idleSeconds } = sizes;
  const url = bench.system.addresses.databaseUrl;
  await importCases(bench, couples, FEW, sizes.width);
  await settle(sizes);
  const idleWithFew = await idleCost(bench, idleSeconds);
  const before = await tableBytes(url);
  const began = performance.now();
  await importCases(bench, couples, count, sizes.width);
  const importsPerSecond = count / ((performance.now() - began) / 1000);
  await settle(sizes);
  const after = await tableBytes(url);
  const idleWithMany = await idleCost(bench, idleSeconds);
  const grown = (['heli', 'engine', 'visibility'] as const).flatMap((database) =>
    growth(before[database], after[database]).map(
      ([table, bytes]) => [database, table, bytes / count] as const,
    ),
  );
  const bytesIn = (wanted: DatabaseName): number =>
    grown.filter(([database]) => database === wanted).reduce((sum, [, , bytes]) => sum + bytes, 0);
  return {
    count,
    bytes: { heli: bytesIn('heli'), engine: bytesIn('engine'), visibility: bytesIn('visibility') },
    tables: grown.toSorted((a, b) => b[2] - a[2]).slice(0, 8),
    importsPerSecond,
    idleWithFew,
    idleWithMany,
  };
}

async function importCases(
  bench: BenchSystem,
  couples: Couples,
  count: number,
  width: number,
): Promise<void> {
  const days = recentWorkingDays();
  await inFlight(count, width, (index) =>
    bench.desk.importRunning(applicationOf(couples.next()), days[index % days.length] ?? ''),
  );
}

/** Days of acceptance whose next reminder is days away: nothing falls due while idling is measured. */
function recentWorkingDays(): PlainDate[] {
  const today = dateAt(Date.now());
  const calendar = seedCalendars(yearOf(today) - 1, yearOf(today));
  return Array.from({ length: 19 }, (_, index) => addDays(today, -3 - index)).filter((day) =>
    isWorkingDay(calendar, day),
  );
}

function settle({ idleSeconds }: Sizes): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(SETTLE_MS, idleSeconds * 1000)));
}
