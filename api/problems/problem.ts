import type { Locale } from '../../domain/case/vocabulary.ts';
import { problemKind, type Texts } from './texts.ts';

/** One wrong field: its path (`parties[0].idNumber`), a stable code and, when sent, the sentence. */
export interface FieldProblem {
  readonly field: string;
  readonly code: string;
  /** Of an uploaded file, from 1. */
  readonly line?: number;
  /** What stands there, where that is no personal data. */
  readonly value?: string;
}

export interface ProblemExtras {
  /** What is special about this occurrence, in English; never personal data. */
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  /** Further members, such as `stage` and `allowedActs`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by whoever cannot serve a request; becomes an RFC 9457 answer. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly status: number;
  readonly extras: ProblemExtras;

  constructor(code: string, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.status = problemKind(code).status;
    this.extras = extras;
  }
}

/** A refusal of wrong input, naming every wrong field; one code for all of them becomes the problem's own. */
export function invalidFields(errors: readonly FieldProblem[]): Problem {
  const codes = new Set(errors.map(({ code }) => code));
  const [only] = codes;
  return new Problem(codes.size === 1 && only ? only : 'VALIDATION_FAILED', { errors });
}

/** The body of `application/problem+json`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance: string;
  readonly messages: Texts;
  readonly field?: string;
  readonly errors?: readonly (FieldProblem & { readonly message: string; readonly messages: Texts })[];
}

/**
 * @param publicUrl where `/problems` explains the codes
 * @param requestId lets the log be found
 */
export function problemBody(
  problem: Problem,
  locale: Locale,
  publicUrl: string,
  requestId: string,
): ProblemBody & Readonly<Record<string, unknown>> {
  const { text } = problemKind(problem.code);
  const { detail, errors, members } = problem.extras;
  const first = errors?.[0];
  return {
    type: `${publicUrl}/problems#${problem.code}`,
    title: text[locale],
    status: problem.status,
    code: problem.code,
    detail: detail ?? text[locale],
    instance: `urn:heli:request:${requestId}`,
    messages: text,
    ...(first ? { field: first.field } : {}),
    ...(errors ? { errors: errors.map((each) => described(each, locale)) } : {}),
    ...members,
  };
}

function described(
  each: FieldProblem,
  locale: Locale,
): FieldProblem & { readonly message: string; readonly messages: Texts } {
  const { text } = problemKind(each.code);
  return { ...each, message: text[locale], messages: text };
}
