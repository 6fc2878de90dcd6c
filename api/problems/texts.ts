import { PROBLEM_CODES, problemText } from '../../domain/application/problem-codes.ts';
import { REFUSALS, type Refusal } from '../../domain/case/refusals.ts';
import type { Locale } from '../../domain/case/vocabulary.ts';
import { FIELD_PROBLEMS } from './field-texts.ts';
import { REQUEST_PROBLEMS } from './request-texts.ts';

/** A sentence in every language. */
export type Texts = Readonly<Record<Locale, string>>;

export interface ProblemKind {
  readonly status: number;
  readonly text: Texts;
}

/** Builds one row of a table of problems. */
export const say = (status: number, hans: string, hant: string, en: string): ProblemKind => ({
  status,
  text: { 'zh-Hans': hans, 'zh-Hant': hant, en },
});

/**
 * Every code the API can answer with. Refusals of the procedure and faults of an application keep the codes and
 * sentences of the domain; the rest concerns requests, not cases.
 */
export const PROBLEMS: Readonly<Record<string, ProblemKind>> = {
  ...REQUEST_PROBLEMS,
  ...FIELD_PROBLEMS,
  ...Object.fromEntries(PROBLEM_CODES.map((code) => [code, { status: 422, text: problemText(code) }])),
  ...Object.fromEntries(
    (Object.keys(REFUSALS) as Refusal[]).map((code) => [
      code,
      { status: code === 'ROLE_NOT_ALLOWED' ? 403 : 409, text: REFUSALS[code] },
    ]),
  ),
};

/** The kind behind a code. @throws for a code nobody has described: that is a fault of ours */
export function problemKind(code: string): ProblemKind {
  const kind = PROBLEMS[code];
  if (!kind) throw new Error(`problem code ${code} has no description`);
  return kind;
}
