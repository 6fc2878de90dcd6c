import type { AuditFact } from '../../prisma/audit.ts';
import type { CalendarYear } from '../../prisma/generated/client.ts';
import type { Actor } from '../authorize.ts';

/** What is audited of an act upon a year's calendar. */
export function calendarFact(
  actor: Actor,
  action: string,
  { year, revision }: CalendarYear,
  at: Date,
  more: Readonly<Record<string, unknown>>,
): AuditFact {
  const detail = { year, revision, ...more };
  return { stream: 'system', at, actor: actor.sub, role: actor.role, action, detail };
}
