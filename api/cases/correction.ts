import type { Application } from '../../domain/application/application.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import type { Correction } from '../../prisma/correct-application.ts';
import { readApplication } from '../../prisma/read-application.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields } from '../problems/problem.ts';
import type { ActBody } from './act-bodies.ts';
import { requireLawfulApplication } from './check-application.ts';
import { nowOf } from './load-case.ts';

/**
 * A correction: which fields change (named in clear) and to what (sealed). The application as it would then be is
 * checked like a new one.
 * @throws Problem 422
 */
export async function correctionOf(
  deps: ApiDependencies,
  row: CaseRow,
  body: ActBody<'correct'>,
): Promise<{ fields: { fields: string[] }; secret: Correction }> {
  const { reason, parties = {}, marriage, agreement, minorChildren } = body;
  const before = await readApplication(deps.db, deps.cipher, row.caseNumber);
  const application = {
    ...(marriage ? { marriage: { ...before.marriage, ...changesOf(marriage) } } : {}),
    ...(agreement ? { agreement: { ...before.agreement, ...changesOf(agreement) } } : {}),
    ...(minorChildren ? { minorChildren } : {}),
  };
  const [a, b] = before.parties;
  const corrected: Application = {
    ...before,
    ...application,
    parties: [
      { ...a, ...changesOf(parties.a) },
      { ...b, ...changesOf(parties.b) },
    ],
  };
  const changed = [
    ...paths('parties.a', parties.a),
    ...paths('parties.b', parties.b),
    ...paths('marriage', marriage),
    ...paths('agreement', agreement),
    ...(minorChildren ? ['minorChildren'] : []),
  ];
  if (changed.length === 0) throw invalidFields([{ field: 'body', code: 'NOTHING_TO_CORRECT' }]);
  requireLawfulApplication(deps, corrected, dateAt(nowOf(row, deps.now())));
  return {
    fields: { fields: changed },
    secret: {
      reason,
      parties: {
        ...(parties.a ? { a: changesOf(parties.a) } : {}),
        ...(parties.b ? { b: changesOf(parties.b) } : {}),
      },
      application,
    },
  };
}

/** Only what was given: a field left out stays as it is. */
function changesOf<T extends object>(changes: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function paths(prefix: string, changes: object | undefined): string[] {
  return Object.keys(changesOf(changes)).map((key) => `${prefix}.${key}`);
}
