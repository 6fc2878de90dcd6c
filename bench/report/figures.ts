import type { ProcessName } from '../bench-system.ts';
import { cpuPerPiece, mapOf, sumOf } from '../counters/cost.ts';
import type { Cpu } from '../counters/cpu.ts';
import { type DatabaseName, DATABASES } from '../counters/statements.ts';
import type { ActLatency } from '../measure/act-latency.ts';
import type { Burst } from '../measure/burst.ts';
import type { OpenCases } from '../measure/open-cases.ts';
import type { PerCase } from '../measure/per-case.ts';
import type { Recomputation } from '../measure/recompute.ts';
import type { Throughput } from '../measure/throughput.ts';

/** Many reminders due at one minute, and a calendar that moves their cases. */
export interface BurstMeasured {
  readonly burst: Burst;
  readonly recomputation: Recomputation;
}

/** Everything one run has measured. */
export interface Measured extends BurstMeasured {
  readonly open: OpenCases;
  readonly perCase: PerCase;
  readonly throughput: Throughput;
  readonly latency: ActLatency;
  readonly secondStartMs: number;
}

/** Who works for a case, and who for a bare workflow; the outside world's simulators work for neither. */
export const CASE_PROCESSES = ['worker', 'api', 'temporal', 'postgres'] as const satisfies ProcessName[];
export const BARE_PROCESSES = [
  'bareWorker',
  'caller',
  'temporal',
  'postgres',
] as const satisfies ProcessName[];

export interface Figures {
  readonly caseCpu: Cpu<ProcessName>;
  readonly bareCpu: Cpu<ProcessName>;
  /** Of one case: all its moves in time. */
  readonly moveCpu: Cpu<ProcessName>;
  readonly caseMs: number;
  readonly bareMs: number;
  readonly moveMs: number;
  /** The whole measured case beside the bare workflow. */
  readonly cpuRatio: number;
  /** The same without what moving it in time costs by itself. */
  readonly cpuRatioUnmoved: number;
  readonly latencyRatio: number;
  readonly statements: Readonly<Record<DatabaseName, number>>;
  readonly bareStatements: Readonly<Record<DatabaseName, number>>;
  readonly moveStatements: Readonly<Record<DatabaseName, number>>;
  /** Milliseconds of CPU a second. */
  readonly idleFew: number;
  readonly idleMany: number;
}

export function figuresOf({ open, perCase, latency }: Measured): Figures {
  const { pieces, cases, bare, moves } = perCase;
  const idle = open.idleWithMany;
  const caseCpu = cpuPerPiece(cases, pieces, idle);
  const bareCpu = cpuPerPiece(bare, pieces, idle);
  const moveCpu = cpuPerPiece(moves, pieces, idle);
  const caseMs = sumOf(caseCpu, CASE_PROCESSES);
  const bareMs = sumOf(bareCpu, BARE_PROCESSES);
  const moveMs = sumOf(moveCpu, CASE_PROCESSES);
  const calls = (cost: PerCase['cases']) =>
    mapOf(Object.keys(DATABASES) as DatabaseName[], (name) => cost.statements[name].calls / pieces);
  const idleOf = (cost: PerCase['cases']) => sumOf(cost.cpuMs, CASE_PROCESSES) / (cost.ms / 1000);
  return {
    caseCpu,
    bareCpu,
    moveCpu,
    caseMs,
    bareMs,
    moveMs,
    cpuRatio: caseMs / bareMs,
    cpuRatioUnmoved: (caseMs - moveMs) / bareMs,
    latencyRatio: latency.act.p50 / latency.update.p50,
    statements: calls(cases),
    bareStatements: calls(bare),
    moveStatements: calls(moves),
    idleFew: idleOf(open.idleWithFew),
    idleMany: idleOf(open.idleWithMany),
  };
}
