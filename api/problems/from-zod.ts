import type { z } from 'zod';
import { type FieldProblem, invalidFields } from './problem.ts';
import { PROBLEMS } from './texts.ts';

/**
 * Reads input by its schema.
 * @throws Problem 422 naming every wrong field
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, prefix = ''): z.output<S> {
  // The input is needed to tell a missing field from a wrong one; it never leaves this function.
  const read = schema.safeParse(input, { reportInput: true });
  if (read.success) return read.data;
  throw invalidFields(fieldProblems(read.error.issues, prefix));
}

/** A schema's complaints as field problems. A message that is one of our codes is taken as the code. */
export function fieldProblems(issues: readonly z.core.$ZodIssue[], prefix = ''): FieldProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        field: fieldPath([...issue.path, key], prefix),
        code: 'VALUE_NOT_ALLOWED',
      }));
    }
    return [{ field: fieldPath(issue.path, prefix), code: codeOf(issue) }];
  });
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.message in PROBLEMS) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'REQUIRED' : 'TYPE_WRONG';
    case 'invalid_value':
      return issue.input === undefined ? 'REQUIRED' : 'VALUE_NOT_ALLOWED';
    case 'invalid_union':
      return issue.input === undefined ? 'REQUIRED' : 'VALUE_INVALID';
    case 'too_big':
      return sized(issue.origin, 'TEXT_TOO_LONG');
    case 'too_small':
      return sized(issue.origin, 'TEXT_TOO_SHORT');
    case 'invalid_format':
    case 'not_multiple_of':
      return 'FORMAT_WRONG';
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'unrecognized_keys':
      return 'VALUE_INVALID';
  }
}

function sized(origin: string, text: string): string {
  if (origin === 'string') return text;
  return origin === 'array' || origin === 'set' ? 'LIST_LENGTH_WRONG' : 'NUMBER_OUT_OF_RANGE';
}

/** `['parties', 0, 'name']` as `parties[0].name`; the body itself is `body`. */
function fieldPath(path: readonly PropertyKey[], prefix: string): string {
  const text = path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`;
    return before === '' ? String(key) : `${before}.${String(key)}`;
  }, prefix);
  return text === '' ? 'body' : text;
}
