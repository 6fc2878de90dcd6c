import type { BurstMeasured, Figures, Measured } from './figures.ts';

/** A figure that was promised, and what it came to. */
export interface Target {
  readonly what: string;
  readonly promised: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** Idling differs by this much between two windows of the same system, in ms of CPU a second. */
const IDLE_NOISE_MS = 5;

/** The gateway's rate is to be used, and the worker to stay as large as it is, within a tenth. */
const TENTH = 0.1;

export function targetsOf(measured: Measured, figures: Figures): Target[] {
  const { perCase, latency, secondStartMs, open } = measured;
  const { ownEvents, ownBytes } = perCase.history;
  return [
    atMost('History events of a standard case', ownEvents, 60, ''),
    atMost('History bytes of a standard case', ownBytes, 20_000, ''),
    atMost('Whole-case CPU beside the bare workflow', figures.cpuRatioUnmoved, 2, '×'),
    atMost(`Act latency p50 beside a bare Update (${latency.samples} each)`, figures.latencyRatio, 2.5, '×'),
    atMost('Second `npm start`', secondStartMs / 1000, 15, ' s'),
    {
      what: `Idle CPU with ${open.count} open cases`,
      promised: 'no more than with 10',
      measured: `${round(figures.idleMany)} ms/s, with 10: ${round(figures.idleFew)} ms/s`,
      reached: figures.idleMany <= figures.idleFew + IDLE_NOISE_MS,
    },
    ...burstTargets(measured),
  ];
}

export function burstTargets({ burst, recomputation }: BurstMeasured): Target[] {
  const { memory, notices } = burst;
  const used = burst.handedOverPerSecond / burst.allowedPerSecond;
  const grown = memory.atEnd / memory.atTenth;
  return [
    {
      what: `Rate of ${notices.toLocaleString('en')} reminders due at once beside the allowed one`,
      promised: 'within 10 %',
      measured: `${(used * 100).toFixed(1)} %`,
      reached: Math.abs(used - 1) <= TENTH,
    },
    atMost('Of these, sent twice', burst.twice, 0, ''),
    atMost('Of these, not sent', burst.missing, 0, ''),
    {
      what: 'Memory of the worker at the end beside that at a tenth',
      promised: 'flat (within 10 %)',
      measured: `${grown.toFixed(2)}×`,
      reached: grown <= 1 + TENTH,
    },
    {
      what: `Recomputing ${recomputation.cases.toLocaleString('en')} open cases, the worker killed on the way`,
      promised: 'progress visible, each changed once',
      measured: `${recomputation.progressSeen} counts seen, ${recomputation.notOnce} not once`,
      reached: recomputation.notOnce === 0 && recomputation.progressSeen > 2,
    },
  ];
}

function atMost(what: string, value: number, limit: number, unit: string): Target {
  const shown = Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2);
  return {
    what,
    promised: `at most ${limit.toLocaleString('en')}${unit}`,
    measured: `${shown}${unit}`,
    reached: value <= limit,
  };
}

/** One decimal below a hundred, none above. */
export function round(value: number): string {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
