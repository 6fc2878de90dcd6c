/** Printing what a long step does, and that it moves. Plain Node: this runs before anything is installed. */

const TERMINAL = process.stdout.isTTY === true;
const PLAIN_INTERVAL_MS = 15_000;

/** A step failed; the message says what to do. */
export class SetupError extends Error {}

/**
 * @typedef {{ update: (text: string) => void }} Progress
 */

/**
 * Runs one step and shows it.
 * @template T
 * @param {string} title what it does
 * @param {string} expectation how long it may take
 * @param {(progress: Progress) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, expectation, work) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log(`${title} (${expectation})`);
  let text = '';
  const show = () => {
    const line = `  ${seconds()} s${text ? ` · ${text}` : ''}`;
    if (TERMINAL) process.stdout.write(`\r\u001b[K${line.slice(0, (process.stdout.columns ?? 80) - 1)}`);
    else console.log(line);
  };
  const timer = setInterval(show, TERMINAL ? 500 : PLAIN_INTERVAL_MS);
  try {
    const result = await work({ update: (now) => (text = now) });
    if (TERMINAL) process.stdout.write('\r\u001b[K');
    console.log(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
