import type { AlarmDetail } from '../alarms.ts';

/** What an alarm says of each depth it stands for. */
export type DepthDetails<D extends string> = Readonly<Partial<Record<D, AlarmDetail>>>;

/**
 * One alarm of a code stands at a time, so its detail names every depth: `{ depth: 'quick, deep', quickError, … }`.
 * @returns undefined when there is nothing to say of any
 */
export function detailOfDepths<D extends string>(
  depths: readonly D[],
  details: DepthDetails<D>,
): AlarmDetail | undefined {
  const named = depths.filter((depth) => details[depth] !== undefined);
  if (named.length === 0) return undefined;
  const members = named.flatMap((depth) =>
    Object.entries(details[depth] ?? {}).map(([name, value]) => [depth + capitalized(name), value] as const),
  );
  return { depth: named.join(', '), ...Object.fromEntries(members) };
}

/** The other way round. */
export function depthsOfDetail<D extends string>(
  depths: readonly D[],
  detail: AlarmDetail | undefined,
): DepthDetails<D> {
  const named = typeof detail?.['depth'] === 'string' ? detail['depth'].split(', ') : [];
  const parts = depths
    .filter((depth) => named.includes(depth))
    .map((depth) => {
      const members = Object.entries(detail ?? {})
        .filter(([name]) => name !== 'depth' && name.startsWith(depth))
        .map(([name, value]) => [uncapitalized(name.slice(depth.length)), value] as const);
      return [depth, Object.fromEntries(members)] as const;
    });
  return Object.fromEntries(parts) as DepthDetails<D>;
}

const capitalized = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const uncapitalized = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
