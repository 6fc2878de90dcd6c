import { existsSync, readFileSync } from 'node:fs';

/** The end of a log file, under a title that names it. */
export function lastLines(file: string, count = 15): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count) : [];
  return [`--- the end of ${file}`, ...lines, '---'].join('\n');
}
