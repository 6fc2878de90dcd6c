import { invalidFields } from '../problems/problem.ts';

/**
 * Several values of a closed set, separated by commas; undefined when none are given.
 * @throws Problem 422 VALUE_NOT_ALLOWED naming the field
 */
export function listOf<T extends string>(
  field: string,
  list: string | undefined,
  allowed: readonly T[],
): readonly T[] | undefined {
  if (!list) return undefined;
  return list.split(',').map((part) => {
    const known = allowed.find((each) => each === part.trim());
    if (known === undefined) throw invalidFields([{ field, code: 'VALUE_NOT_ALLOWED' }]);
    return known;
  });
}
