import { MODES } from './faults.ts';
import type { Fault, FaultMix, Mode, Target } from './faults.ts';

const NUMBERS = ['delayMs', 'status', 'code', 'retryAfter', 'count', 'rate'] as const;

/** The settings of a fault as they arrive, or what is wrong with them. */
export function readFault(target: Target, input: unknown): Fault | string {
  const given = fieldsOf(input);
  if (given === undefined) return 'expected a JSON object with a mode';
  const modes: readonly string[] = MODES[target];
  if (typeof given['mode'] !== 'string' || !modes.includes(given['mode'])) {
    return `mode must be one of: none, ${modes.join(', ')}`;
  }
  const numbers: Record<string, number> = {};
  for (const name of NUMBERS) {
    const value = given[name];
    if (value === undefined) continue;
    if (!isCount(value)) return `${name} must be a number, 0 or more`;
    numbers[name] = value;
  }
  if (given['to'] !== undefined && typeof given['to'] !== 'string')
    return 'to must be a number or an address';
  const to = given['to'] === undefined ? {} : { to: given['to'] };
  return { mode: given['mode'] as Mode, ...numbers, ...to };
}

/** A mix as it arrives, or what is wrong with it; undefined when it is none. */
export function readMix(target: Target, input: unknown): FaultMix | string | undefined {
  const given = fieldsOf(input);
  if (given?.['mix'] === undefined) return undefined;
  if (!Array.isArray(given['mix'])) return 'mix must be a list of faults';
  if (!isCount(given['seed'])) return 'seed must be a number, 0 or more';
  const faults: Fault[] = [];
  for (const each of given['mix'] as readonly unknown[]) {
    const fault = readFault(target, each);
    if (typeof fault === 'string') return fault;
    faults.push(fault);
  }
  return { seed: given['seed'], mix: faults };
}

function fieldsOf(input: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof input === 'object' && input !== null ? Object.fromEntries(Object.entries(input)) : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
