import type { CounsellingRecords } from '../activities/counselling/record-counselling.ts';
import { appendAudit } from './audit.ts';
import type { Database } from './database.ts';

export function counsellingRecords(db: Database): CounsellingRecords {
  return {
    record: (turn) =>
      db.$transaction(async (tx) => {
        const { state, now } = turn;
        const stored = await tx.counselling.findUnique({ where: { id: state.id } });
        if (stored && stored.seq >= state.seq) return;
        const row = {
          state: state.state,
          seq: state.seq,
          counsellor: state.counsellor ?? null,
          appointmentAt: state.appointmentAt === undefined ? null : new Date(state.appointmentAt),
          outcome: state.outcome ?? null,
          updatedAt: new Date(now),
        };
        const { id, caseNumber, party, topic, immediate } = state;
        await tx.counselling.upsert({
          where: { id },
          update: row,
          create: { id, caseNumber, party, topic, immediate, requestedAt: new Date(now), ...row },
        });
        await appendAudit(tx, [
          {
            stream: caseNumber,
            at: new Date(now),
            actor: turn.actor,
            role: turn.role,
            action: `counselling-${turn.act}`,
            detail: { counsellingId: id, state: state.state },
          },
        ]);
      }),
  };
}
