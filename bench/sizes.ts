/** How much of everything a run measures. */
export interface Sizes {
  /** Lives before anything is measured. */
  readonly warmUp: number;
  /** Cases, and bare workflows, of each of the two rounds of the per-case figures. */
  readonly round: number;
  /** How many of them are under way at a time. */
  readonly width: number;
  /** Whole lives with 50 in flight. */
  readonly throughput: number;
  readonly acts: number;
  readonly openCases: number;
  readonly idleSeconds: number;
  readonly burst: BurstSizes;
}

/** Cases whose reminders are due at one minute, and which a new calendar moves afterwards. */
export interface BurstSizes {
  /** Two reminders each. */
  readonly cases: number;
  /** How many join at a time. */
  readonly width: number;
  /** For the choice of the minute: all are to have joined by then. */
  readonly expectedJoinsPerSecond: number;
  /** The cases order their reminders over so many minutes before. */
  readonly leadMinutes: number;
}

/** The figures of RESULTS.md. */
export const FULL: Sizes = {
  warmUp: 20,
  round: 30,
  width: 10,
  throughput: 150,
  acts: 220,
  openCases: 2_000,
  idleSeconds: 30,
  burst: { cases: 5_000, width: 16, expectedJoinsPerSecond: 25, leadMinutes: 3 },
};

/** Whether everything works, in about two minutes; its figures mean little. */
export const QUICK: Sizes = {
  warmUp: 4,
  round: 6,
  width: 3,
  throughput: 50,
  acts: 20,
  openCases: 40,
  idleSeconds: 5,
  burst: { cases: 200, width: 8, expectedJoinsPerSecond: 15, leadMinutes: 1 },
};
