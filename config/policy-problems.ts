/** What can be wrong with a policy file. Stable codes: logs and alarms carry them. */
export const POLICY_PROBLEM_CODES = [
  'FILE_UNREADABLE',
  'NOT_JSON',
  'VALUE_INVALID',
  'FIELD_UNKNOWN',
  'KIND_UNKNOWN',
  'ANCHOR_UNKNOWN',
  'CHANNEL_UNKNOWN',
  'TEMPLATE_UNKNOWN',
  'KIND_NOT_AT_ANCHOR',
  'KIND_MISSING',
  'RIGHT_MADE_OPTIONAL',
  'TEMPLATE_DOES_NOT_FIT',
  'RECIPIENTS_DO_NOT_FIT',
  'TIME_MISSING',
  'DAYS_TOO_LATE',
  'TIME_OUTSIDE_SENDING_HOURS',
  'MINUTES_WITH_DAYS',
  'MINUTES_NOT_AT_ANCHOR',
  'LEAD_MINUTES_INVALID',
  'CHANNEL_TWICE',
  'CALL_NOT_LAST',
  'CONFIRMATION_NOT_BY_SMS',
  'RULE_TWICE',
  'VERSION_TWICE',
  'VERSION_CHANGED',
  'FROM_TWICE',
  'NONE_IN_FORCE',
] as const;
export type PolicyProblemCode = (typeof POLICY_PROBLEM_CODES)[number];

export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /** Where in the file: `policies[0].rules[3].channels[1]`; empty for the whole. */
  readonly path: string;
  /** The value as it stands, as JSON; undefined where there is none. */
  readonly value?: string | undefined;
  /** Worded to follow "expected". */
  readonly expected: string;
}

/** A policy file that cannot be used; the message has one line for each problem. */
export class ReminderPolicyError extends Error {
  override readonly name = 'ReminderPolicyError';
  readonly file: string;
  readonly problems: readonly PolicyProblem[];

  constructor(file: string, problems: readonly PolicyProblem[]) {
    super(`The reminder policies in ${file} cannot be used:\n${problems.map(lineOf).join('\n')}`);
    this.file = file;
    this.problems = problems;
  }
}

function lineOf({ code, path, value, expected }: PolicyProblem): string {
  const where = path === '' ? 'the file' : path;
  const what = value === undefined ? '' : ` is ${value}`;
  return `  ${where}${what}: expected ${expected} (${code})`;
}

/** A value as a person can find it again in the file; long ones are cut. */
export function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** `policies[0].rules[3].at` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** What stands at a path of a JSON value; undefined when nothing does. */
export function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<PropertyKey, unknown>>)[key] : undefined,
    json,
  );
}
