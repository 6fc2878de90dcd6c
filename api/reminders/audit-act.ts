import { appendAudit } from '../../prisma/audit.ts';
import type { Transaction } from '../../prisma/database.ts';
import type { Actor } from '../authorize.ts';

/** Writes down who did what, in the case's own chain and the act's own transaction. Codes and ids only. */
export function auditAct(
  tx: Transaction,
  actor: Actor,
  act: {
    readonly caseNumber: string;
    readonly action: string;
    readonly at: Date;
    readonly detail: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { caseNumber: stream, action, at, detail } = act;
  return appendAudit(tx, [{ stream, at, actor: actor.sub, role: actor.role, action, detail }]);
}
