/**
 * The rule of 民法典 201, 203 and 1077 reckoned in another way than `periods` does, for tests to compare. `periods`
 * walks forward from day to day over civil dates and asks of each what the compact lists of its year say. Here every
 * day of all years is one place in a table, filled once from the *raw* lists of a notice, from the last day back to
 * the first, so that each place holds the number of the next working day; a period's end is then one look. Days are
 * whole numbers, the weekday is their remainder (1970-01-01 was a Thursday), and nothing of `domain/` is used.
 */
const DAY_MS = 86_400_000;

export interface RawNotice {
  readonly year: number;
  readonly published: boolean;
  /** Days off as published, weekends among them or not. */
  readonly off: ReadonlySet<string>;
  /** Weekend days worked. */
  readonly worked: ReadonlySet<string>;
}

export interface Reckoned {
  readonly coolingOffLastDay: string;
  readonly claimFirstDay: string;
  readonly claimFirstWorkingDay: string;
  readonly claimLastDay: string;
  readonly provisional: boolean;
}

const numberOf = (date: string): number => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return Date.UTC(year, month - 1, day) / DAY_MS;
};
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export class DayTable {
  private readonly first: number;
  /** For each day the next working day, itself included. */
  private readonly nextWorked: Int32Array;
  private readonly unpublished: ReadonlySet<number>;

  /** @param notices years that follow each other */
  constructor(notices: readonly RawNotice[]) {
    const years = notices.map(({ year }) => year);
    this.first = numberOf(`${Math.min(...years)}-01-01`);
    const end = numberOf(`${Math.max(...years) + 1}-01-01`);
    this.unpublished = new Set(notices.filter(({ published }) => !published).map(({ year }) => year));
    this.nextWorked = new Int32Array(end - this.first);
    const off = new Set(notices.flatMap((notice) => [...notice.off]));
    const worked = new Set(notices.flatMap((notice) => [...notice.worked]));
    let next = NaN;
    for (let day = end - 1; day >= this.first; day -= 1) {
      const isWeekend = (day + 3) % 7 >= 5;
      const date = dateOf(day);
      if (isWeekend ? worked.has(date) : !off.has(date)) next = day;
      this.nextWorked[day - this.first] = Number.isNaN(next) ? -1 : next;
    }
  }

  /** Undefined when the periods leave the table. */
  reckon(receivedOn: string): Reckoned | undefined {
    const nominalEnd = numberOf(receivedOn) + 30;
    const end = this.roll(nominalEnd);
    const claimFirst = end === undefined ? undefined : this.roll(end + 1);
    const claimEnd = end === undefined ? undefined : this.roll(end + 30);
    if (end === undefined || claimFirst === undefined || claimEnd === undefined) return undefined;
    const looked = [
      [nominalEnd, end],
      [end + 1, claimFirst],
      [end + 30, claimEnd],
    ] as const;
    return {
      coolingOffLastDay: dateOf(end),
      claimFirstDay: dateOf(end + 1),
      claimFirstWorkingDay: dateOf(claimFirst),
      claimLastDay: dateOf(claimEnd),
      // A stretch of rest days is shorter than a year: its ends say which years it touches.
      provisional: looked.some((ends) =>
        ends.some((day) => this.unpublished.has(Number(dateOf(day).slice(0, 4)))),
      ),
    };
  }

  private roll(day: number): number | undefined {
    const next = this.nextWorked[day - this.first];
    return next === undefined || next < 0 ? undefined : next;
  }
}
