import type { Printable } from '../../activities/papers/port.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';

/** The papers a case has come far enough for; a letter about a refused registration is asked for by name. */
export function availablePapers(row: CaseRow): Printable[] {
  const accepted: Printable[] = [
    'receipt',
    'interview-record-a',
    'interview-record-b',
    'declaration-a',
    'declaration-b',
    'review-form',
  ];
  return [
    'application',
    ...(row.receiptNumber === null ? [] : accepted),
    ...(row.outcome === 'refused' ? (['non-acceptance'] as const) : []),
    ...(row.outcome === 'withdrawn' ? (['withdrawal-confirmation'] as const) : []),
    ...(row.certificateNumber === null ? [] : (['certificate-a', 'certificate-b'] as const)),
  ];
}
