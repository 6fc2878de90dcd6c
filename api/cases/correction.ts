import type { Application } from '../../domain/application/application.ts';
import { normalizeApplication } from '../../domain/application/normalize-application.ts';
import { PARTIES, type PartyLabel } from '../../domain/case/vocabulary.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import type { Correction } from '../../prisma/correct-application.ts';
import { readApplication } from '../../prisma/read-application.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { invalidFields } from '../problems/problem.ts';
import type { ActBody } from './act-bodies.ts';
import { requireLawfulApplication } from './check-application.ts';
import { nowOf } from './load-case.ts';

interface CorrectionFacts {
  readonly fields: readonly string[];
  /** Whether each party of whom it says so must be protected, and has an e-mail address. */
  readonly safetyOf?: Partial<Record<PartyLabel, boolean>>;
  readonly mailableOf?: Partial<Record<PartyLabel, boolean>>;
  /** Whose new mobile number waits to be confirmed. */
  readonly numbers: readonly PartyLabel[];
}

/**
 * A correction: which fields change (named in clear) and to what (sealed). The application as it would then be is
 * checked like a new one.
 * @throws Problem 422
 */
export async function correctionOf(
  deps: ApiDependencies,
  row: CaseRow,
  body: ActBody<'correct'>,
): Promise<{ fields: CorrectionFacts; secret: Correction }> {
  const { reason, marriage, agreement, minorChildren } = body;
  const before = await readApplication(deps.db, deps.cipher, row.caseNumber);
  const application = {
    ...(marriage ? { marriage: { ...before.marriage, ...changesOf(marriage) } } : {}),
    ...(agreement ? { agreement: { ...before.agreement, ...changesOf(agreement) } } : {}),
    ...(minorChildren ? { minorChildren } : {}),
  };
  const { corrected, parties } = correctedParties(deps, { ...before, ...application }, before, body);
  const fields = [
    ...paths('parties.a', parties.a),
    ...paths('parties.b', parties.b),
    ...paths('marriage', marriage),
    ...paths('agreement', agreement),
    ...(minorChildren ? ['minorChildren'] : []),
  ];
  if (fields.length === 0) throw invalidFields([{ field: 'body', code: 'NOTHING_TO_CORRECT' }]);
  requireLawfulApplication(deps, corrected, dateAt(nowOf(row, deps.now())));
  const numbers = PARTIES.filter((label) => parties[label]?.mobile !== undefined);
  return {
    fields: { fields, ...reachOf(parties), numbers },
    secret: { reason, parties, application },
  };
}

/**
 * Whom notices may reach, of the parties alone that the correction changes: what another one says of the other party at
 * the same time stays.
 */
export function reachOf(
  parties: NonNullable<Correction['parties']>,
): Pick<CorrectionFacts, 'safetyOf' | 'mailableOf'> {
  const saying = (what: 'safety' | 'email') => {
    const changed = PARTIES.filter((label) => parties[label]?.[what] !== undefined);
    return changed.length === 0
      ? undefined
      : Object.fromEntries(changed.map((label) => [label, Boolean(parties[label]?.[what])]));
  };
  const safetyOf = saying('safety');
  const mailableOf = saying('email');
  return { ...(safetyOf ? { safetyOf } : {}), ...(mailableOf ? { mailableOf } : {}) };
}

/**
 * What changes about each party. A mobile number that the party has already, however it is typed, is no change: it
 * would have to be confirmed for nothing.
 */
function correctedParties(
  deps: ApiDependencies,
  application: Application,
  before: Application,
  { parties: asked = {} }: ActBody<'correct'>,
): { corrected: Application; parties: NonNullable<Correction['parties']> } {
  const [a, b] = before.parties;
  const corrected: Application = {
    ...application,
    parties: [
      { ...a, ...changesOf(asked.a) },
      { ...b, ...changesOf(asked.b) },
    ],
  };
  const options = { allowTestNumbers: deps.settings.demo };
  const is = normalizeApplication(corrected, options).parties.map(({ mobile }) => mobile);
  const was = normalizeApplication(before, options).parties.map(({ mobile }) => mobile);
  const changes = PARTIES.flatMap((label, index) => {
    const { mobile: typed, ...others } = changesOf(asked[label]);
    const mobile = typed === undefined || is[index] === was[index] ? {} : { mobile: is[index] };
    const all = { ...others, ...mobile };
    return Object.keys(all).length > 0 ? [[label, all] as const] : [];
  });
  return { corrected, parties: Object.fromEntries(changes) };
}

/** Only what was given: a field left out stays as it is. */
function changesOf<T extends object>(changes: T | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function paths(prefix: string, changes: object | undefined): string[] {
  return Object.keys(changesOf(changes)).map((key) => `${prefix}.${key}`);
}
