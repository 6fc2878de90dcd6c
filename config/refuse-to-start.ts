import { ConfigError } from './errors.ts';
import { ReminderPolicyError } from './policy-problems.ts';

/** Ends a process that cannot run with what it was given: says why in plain words, without a stack. */
export function refuseToStart(error: unknown): never {
  if (!(error instanceof ReminderPolicyError) && !(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
