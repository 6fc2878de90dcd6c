import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const TAIL_LINES = 80;

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is the end of what it printed; code 127 when it cannot be run
 */
export function run(program, args, { cwd, env = process.env, onLine = () => {} } = {}) {
  return new Promise((resolve) => {
    const tail = [];
    const child = spawn(program, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
        onLine(line);
      });
    }
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: tail.join('\n') }));
  });
}
