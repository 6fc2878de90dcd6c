import type { Figures, Measured } from './figures.ts';

/** A figure that was promised, and what it came to. */
export interface Target {
  readonly what: string;
  readonly promised: string;
  readonly measured: string;
  readonly reached: boolean;
}

/** Idling differs by this much between two windows of the same system, in ms of CPU a second. */
const IDLE_NOISE_MS = 5;

export function targetsOf({ perCase, latency, secondStartMs, open }: Measured, figures: Figures): Target[] {
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
