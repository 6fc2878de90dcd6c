import { existsSync, readFileSync } from 'node:fs';

/** Longer lines hold a stack trace; the log itself has the whole. */
const LINE_LENGTH = 300;

/** The end of a log file, under a title that names it. */
export function lastLines(file: string, count = 8): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count) : [];
  return [`--- the end of ${file}`, ...lines.map((line) => line.slice(0, LINE_LENGTH)), '---'].join('\n');
}
