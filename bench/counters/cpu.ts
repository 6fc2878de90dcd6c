import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds by process, since each began. */
export type Cpu<Name extends string = string> = Readonly<Record<Name, number>>;

/** Clock ticks a second, in which Linux counts CPU time. */
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

interface ProcessTimes {
  readonly parent: number;
  readonly ownMs: number;
  /** CPU of children that have ended and were waited for. */
  readonly endedChildrenMs: number;
}

/** CPU of one process in milliseconds, user and system. @throws when it has ended */
export function cpuOf(pid: number): number {
  return timesOf(pid).ownMs;
}

/** CPU of a process, of its living children and of those that have ended: PostgreSQL with its backends. */
export function cpuOfTree(pid: number): number {
  const root = timesOf(pid);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesIfThere(Number(name)))
    .filter((times) => times?.parent === pid);
  return root.ownMs + root.endedChildrenMs + children.reduce((sum, times) => sum + (times?.ownMs ?? 0), 0);
}

function timesIfThere(pid: number): ProcessTimes | undefined {
  try {
    return timesOf(pid);
  } catch {
    return undefined;
  }
}

/** See proc_pid_stat(5); the name in parentheses may itself hold spaces and parentheses. */
function timesOf(pid: number): ProcessTimes {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ms = (index: number): number => (Number(fields[index]) * 1000) / TICKS;
  return { parent: Number(fields[1]), ownMs: ms(11) + ms(12), endedChildrenMs: ms(13) + ms(14) };
}
