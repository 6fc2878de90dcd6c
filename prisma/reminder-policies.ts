import type { DistrictPolicies, ReminderPolicy } from '../domain/reminders/policy.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { clearAlarm, raiseAlarm } from './alarms.ts';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';

/**
 * Puts the versions of a district's policies on record, so that what a case was given can be read for ever.
 * @returns versions that stand on record with another body; nothing about those is changed
 */
export async function registerPolicies(
  db: Database,
  { district, policies }: DistrictPolicies,
): Promise<string[]> {
  await db.reminderPolicyVersion.createMany({
    skipDuplicates: true,
    data: policies.map((policy) => ({
      version: policy.version,
      district,
      from: policy.from,
      body: policy as unknown as Prisma.InputJsonObject,
    })),
  });
  const rows = await db.reminderPolicyVersion.findMany({
    where: { version: { in: policies.map(({ version }) => version) } },
  });
  const standing = new Map(rows.map((row) => [row.version, row]));
  return policies
    .filter(({ version, ...body }) => {
      const row = standing.get(version);
      return row?.district !== district || canonical(row.body) !== canonical({ version, ...body });
    })
    .map(({ version }) => version);
}

/** The policy a case was given; undefined when no such version was ever in force here. */
export async function findPolicy(
  db: Pick<Database, 'reminderPolicyVersion'>,
  version: string,
): Promise<ReminderPolicy | undefined> {
  const row = await db.reminderPolicyVersion.findUnique({ where: { version } });
  return row ? (row.body as unknown as ReminderPolicy) : undefined;
}

/** JSON with sorted keys: the database gives an object's keys back in an order of its own. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** The part of a logger that is used here. */
interface PolicyLog {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** What a process does about its policies beside reading them: versions on record, and an alarm for a bad change. */
export interface PolicyKeeper {
  register(district: DistrictPolicies): Promise<string[]>;
  onProblem(error: {
    readonly message: string;
    readonly problems: readonly PolicyComplaint[];
  }): Promise<void>;
  onChange(district: DistrictPolicies): Promise<void>;
  onError(error: unknown): void;
}
interface PolicyComplaint {
  readonly code: string;
  readonly path: string;
}

/** @param now real time */
export function policyKeeper(db: Database, log: PolicyLog, now: () => EpochMs): PolicyKeeper {
  return {
    register: async (district) => {
      const taken = await registerPolicies(db, district);
      // Whoever comes to use good policies has made the bad ones good.
      if (taken.length === 0) await clearAlarm(db, 'REMINDER_POLICY_INVALID', now());
      return taken;
    },
    onProblem: async ({ message, problems }) => {
      const codes = problems.map(({ code, path }) => `${code} ${path}`.trim());
      log.error({ codes }, `${message}\nThe policies before it stay in force.`);
      await raiseAlarm(db, 'REMINDER_POLICY_INVALID', { codes: codes.slice(0, 20).join(', ') }, now());
    },
    onChange: ({ policies }) => {
      log.info({ versions: policies.map(({ version }) => version) }, 'reminder policies changed');
      return Promise.resolve();
    },
    onError: (error) => {
      log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'could not look at the policies');
    },
  };
}
