import { statSync } from 'node:fs';
import { type DistrictPolicies, policyInForce, type ReminderPolicy } from '../domain/reminders/policy.ts';
import type { PlainDate } from '../domain/plain-date.ts';
import { dateAt, type EpochMs } from '../domain/zoned-time.ts';
import { loadDistrictPolicies, ReminderPolicyError } from './reminder-policies.ts';

/** How often the file is looked at, in ms. */
const LOOK_EVERY_MS = 10_000;

export interface PolicyBook {
  /** What a case is given on this day. */
  inForce(today: PlainDate): ReminderPolicy;
  readonly district: DistrictPolicies;
  /**
   * Puts the versions on record and begins to watch the file.
   * @throws ReminderPolicyError when a version stands on record with another body
   */
  start(): Promise<void>;
  /** Looks at the file now. */
  look(): Promise<void>;
  stop(): void;
}

export interface PolicyBookOptions {
  /** Puts the versions on record; answers those that stand there with another body. */
  readonly register: (district: DistrictPolicies) => Promise<readonly string[]>;
  /** The file was changed and cannot be used: the policies before it stay in force. */
  readonly onProblem: (error: ReminderPolicyError) => void | Promise<void>;
  /** The file was changed and is in force. */
  readonly onChange: (district: DistrictPolicies) => void | Promise<void>;
  /** What else went wrong while looking, such as a database that does not answer; the next look tries again. */
  readonly onError: (error: unknown) => void;
  readonly now?: () => EpochMs;
  readonly everyMs?: number;
}

/**
 * The reminder policies of a district, taken from a file that may be changed while the process runs: a change that
 * can be used takes effect within seconds, one that can't is reported and changes nothing.
 * @throws ReminderPolicyError when the file can't be used now
 */
export function policyBook(file: string, options: PolicyBookOptions): PolicyBook {
  const { now = Date.now, everyMs = LOOK_EVERY_MS } = options;
  const today = (): PlainDate => dateAt(now());
  let seen = stampOf(file);
  let district = loadDistrictPolicies(file, today());
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function accept(next: DistrictPolicies): Promise<void> {
    const taken = await options.register(next);
    if (taken.length > 0) throw versionsTaken(file, next, taken);
    district = next;
  }

  async function lookOnce(): Promise<void> {
    const stamp = stampOf(file);
    if (stamp === seen) return;
    try {
      await accept(loadDistrictPolicies(file, today()));
      await options.onChange(district);
    } catch (error) {
      if (!(error instanceof ReminderPolicyError)) throw error;
      await options.onProblem(error);
    }
    seen = stamp;
  }

  async function look(): Promise<void> {
    looking ??= lookOnce()
      .catch(options.onError)
      .finally(() => (looking = undefined));
    await looking;
  }

  return {
    get district() {
      return district;
    },
    inForce: (day) => {
      const policy = policyInForce(district, day);
      if (!policy) throw new RangeError(`no reminder policy is in force on ${day}`);
      return policy;
    },
    start: async () => {
      await accept(district);
      timer ??= setInterval(() => void look(), everyMs).unref();
    },
    look,
    stop: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** What changes when a file is written anew. */
function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}/${stat.size}/${stat.ino}` : 'none';
}

function versionsTaken(
  file: string,
  { policies }: DistrictPolicies,
  taken: readonly string[],
): ReminderPolicyError {
  const problems = policies.flatMap(({ version }, index) =>
    taken.includes(version)
      ? [
          {
            code: 'VERSION_CHANGED' as const,
            path: `policies[${index}].version`,
            value: JSON.stringify(version),
            expected: 'a new version: this one is on record with other rules, and cases were given it',
          },
        ]
      : [],
  );
  return new ReminderPolicyError(file, problems);
}
