import type { ProcessName } from '../bench-system.ts';
import type { Target } from './targets.ts';

export const PROCESS_TITLES: Readonly<Record<ProcessName, string>> = {
  worker: 'Heli worker',
  api: 'Heli API',
  temporal: 'Temporal server',
  postgres: 'PostgreSQL, all backends',
  simulators: 'simulators of the outside world (not counted)',
  bareWorker: 'bare worker',
  caller: "caller through the engine's client",
};

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function targetTable(targets: readonly Target[]): string {
  return table(
    ['figure', 'promised', 'measured', 'reached'],
    targets.map(({ what, promised, measured, reached }) => [
      what,
      promised,
      measured,
      reached ? 'yes' : '**no**',
    ]),
  );
}
