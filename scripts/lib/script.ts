/** Errors whose message says all a user needs; their stack would only hide it. */
const stackWanted = (): boolean =>
  process.env['HELI_LOG_LEVEL'] === 'debug' || process.env['HELI_LOG_LEVEL'] === 'trace';

/** Runs a command-line script: a failure is one message on standard error and exit code 1. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    console.error(stackWanted() ? (stack ?? message) : message);
    process.exitCode = 1;
  }
}
