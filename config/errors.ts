import type { z } from 'zod';
import { SECRET_VARIABLES } from './variables.ts';

/** One wrong variable: `<variable> <problem>: expected <expected>`. */
export interface ConfigIssue {
  readonly variable: string;
  readonly problem: string;
  readonly expected: string;
}

export const CONFIG_ISSUE_EMPTY: readonly ConfigIssue[] = [];

/** The environment cannot be used; the message has one line for each wrong variable. */
export class ConfigError extends Error {
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    const lines = issues.map(
      ({ variable, problem, expected }) => `  ${variable} ${problem}; expected ${expected}`,
    );
    super(`The configuration cannot be used:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.issues = issues;
  }
}

/** Turns a schema's complaints into issues, one a variable, without showing credentials. */
export function describeIssues(
  error: z.ZodError,
  env: Readonly<Record<string, string | undefined>>,
): ConfigIssue[] {
  const byVariable = new Map<string, ConfigIssue>();
  for (const issue of error.issues) {
    const variable = String(issue.path[0]);
    if (byVariable.has(variable)) continue;
    const problem = isSecret(variable) ? 'has an unusable value (not shown)' : `is "${env[variable] ?? ''}"`;
    byVariable.set(variable, { variable, problem, expected: issue.message });
  }
  return [...byVariable.values()];
}

const isSecret = (variable: string): boolean => (SECRET_VARIABLES as readonly string[]).includes(variable);
