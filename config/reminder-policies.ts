import { readFileSync } from 'node:fs';
import type { DistrictPolicies } from '../domain/reminders/policy.ts';
import type { PlainDate } from '../domain/plain-date.ts';
import { checkMeaning } from './policy-checks.ts';
import { pathText, type PolicyProblem, ReminderPolicyError, shown, valueAt } from './policy-problems.ts';
import { districtSchema, shapeCode } from './policy-schema.ts';

export { ReminderPolicyError } from './policy-problems.ts';
export type { PolicyProblem, PolicyProblemCode } from './policy-problems.ts';

/**
 * Reads a district's reminder policies.
 * @param today one of them must be in force then
 * @throws ReminderPolicyError naming everything that is wrong, each with its place in the file
 */
export function loadDistrictPolicies(file: string, today: PlainDate): DistrictPolicies {
  const json = readJson(file);
  const parsed = districtSchema.safeParse(json);
  const problems = [
    ...(parsed.success ? [] : shapeProblems(parsed.error, json)),
    ...checkMeaning(json, today),
  ];
  if (!parsed.success || problems.length > 0) throw new ReminderPolicyError(file, problems);
  // Optional fields that are not there are not there, rather than undefined.
  return JSON.parse(JSON.stringify(parsed.data)) as DistrictPolicies;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const value = (error as NodeJS.ErrnoException).code;
    throw new ReminderPolicyError(file, [
      { code: 'FILE_UNREADABLE', path: '', value: shown(value), expected: 'a file that can be read' },
    ]);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const value = error instanceof Error ? error.message : undefined;
    throw new ReminderPolicyError(file, [
      { code: 'NOT_JSON', path: '', value: shown(value), expected: 'JSON' },
    ]);
  }
}

type ShapeError = NonNullable<ReturnType<typeof districtSchema.safeParse>['error']>;

function shapeProblems({ issues }: ShapeError, json: unknown): PolicyProblem[] {
  return issues.flatMap((issue): PolicyProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'FIELD_UNKNOWN',
        path: pathText([...issue.path, key]),
        value: shown(valueAt(json, [...issue.path, key])),
        expected: 'no field of this name',
      }));
    }
    return [
      {
        code: shapeCode(issue.path),
        path: pathText(issue.path),
        value: shown(valueAt(json, issue.path)),
        expected: issue.message,
      },
    ];
  });
}
