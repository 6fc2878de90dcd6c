import { type BenchSystem, type ProcessName, PROCESSES, readCpu } from '../bench-system.ts';
import type { Cpu } from './cpu.ts';
import { countStatements, type DatabaseName, DATABASES, type Statements } from './statements.ts';

/** What a stretch of work took of the machine. */
export interface Cost {
  readonly ms: number;
  readonly cpuMs: Cpu<ProcessName>;
  readonly statements: Readonly<Record<DatabaseName, Statements>>;
}

/** Does the work and counts what it cost; the counting itself is left out as far as it can be. */
export async function costOf(bench: BenchSystem, work: () => Promise<unknown>): Promise<Cost> {
  const statementsBefore = await countStatements(bench.counters);
  const cpuBefore = readCpu(bench);
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  const cpuAfter = readCpu(bench);
  const statementsAfter = await countStatements(bench.counters);
  return {
    ms,
    cpuMs: mapOf(PROCESSES, (name) => cpuAfter[name] - cpuBefore[name]),
    statements: mapOf(Object.keys(DATABASES) as DatabaseName[], (name) => ({
      calls: statementsAfter[name].calls - statementsBefore[name].calls,
      ms: statementsAfter[name].ms - statementsBefore[name].ms,
    })),
  };
}

/** What the system uses in a stretch of `seconds` in which nobody asks it for anything. */
export function idleCost(bench: BenchSystem, seconds: number): Promise<Cost> {
  return costOf(bench, () => new Promise((resolve) => setTimeout(resolve, seconds * 1000)));
}

/** CPU of one piece of work in ms, without what the processes use anyway in that time. */
export function cpuPerPiece(cost: Cost, pieces: number, idle: Cost): Cpu<ProcessName> {
  const share = cost.ms / idle.ms;
  return mapOf(PROCESSES, (name) => (cost.cpuMs[name] - idle.cpuMs[name] * share) / pieces);
}

export function sumOf(cpu: Cpu<ProcessName>, names: readonly ProcessName[]): number {
  return names.reduce((sum, name) => sum + cpu[name], 0);
}

/** Two stretches of the same work as one. */
export function addCosts(a: Cost, b: Cost): Cost {
  return {
    ms: a.ms + b.ms,
    cpuMs: mapOf(PROCESSES, (name) => a.cpuMs[name] + b.cpuMs[name]),
    statements: mapOf(Object.keys(DATABASES) as DatabaseName[], (name) => ({
      calls: a.statements[name].calls + b.statements[name].calls,
      ms: a.statements[name].ms + b.statements[name].ms,
    })),
  };
}

export function mapOf<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
}
