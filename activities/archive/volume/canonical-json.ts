/** What JSON can say. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * One spelling for one value (RFC 8785): no white space, keys sorted by UTF-16 code units, numbers and strings as
 * ECMAScript writes them. Equal values give equal bytes, so their hashes can be compared.
 * @throws TypeError for what JSON cannot say (undefined, NaN, functions).
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  const members = Object.keys(value)
    .sort(byCodeUnits)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(member(value, key))}`);
  return `{${members.join(',')}}`;
}

function member(value: { readonly [key: string]: JsonValue }, key: string): JsonValue {
  const found = value[key];
  if (found === undefined) throw new TypeError(`JSON has no undefined (member ${key})`);
  return found;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
