import type { PlainDate } from '../plain-date.ts';

export const IDENTITY_REFUSALS = ['ID_SHAPE', 'ID_CHECK_DIGIT', 'ID_BIRTH_DATE'] as const;
export type IdentityRefusal = (typeof IDENTITY_REFUSALS)[number];

export type Sex = 'male' | 'female';

/** What a number tells: its stored form, and birth date and sex where they are part of it. */
export type IdentityCheck =
  { ok: true; normalized: string; bornOn?: PlainDate; sex?: Sex } | { ok: false; reason: IdentityRefusal };

export function refused(reason: IdentityRefusal): IdentityCheck {
  return { ok: false, reason };
}

/** For documents whose number has a form and nothing else that can be checked. */
export function checkShape(normalized: string, shape: RegExp): IdentityCheck {
  return shape.test(normalized) ? { ok: true, normalized } : refused('ID_SHAPE');
}
