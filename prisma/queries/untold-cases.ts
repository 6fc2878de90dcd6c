import { STAGES } from '../../domain/case/vocabulary.ts';
import { isOpen } from '../../domain/procedure.ts';
import type { Database } from '../database.ts';

const OPEN_STAGES = STAGES.filter(isOpen);

/**
 * Open live cases that do not show that one of their notices reached nobody, and were not told so since it failed: the
 * process died, or the engine was away, between the record and the case. What a person has settled since stays settled.
 */
export async function untoldCases(db: Database, most: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ caseNumber: string }[]>`
    SELECT DISTINCT n.case_number AS "caseNumber"
    FROM notice n
    JOIN case_record r USING (case_number)
    LEFT JOIN LATERAL (
      SELECT greatest(max(a.at), max(a.receipt_at)) AS at FROM notice_attempt a WHERE a.notice_id = n.id) last ON true
    WHERE (n.state = 'to-call' OR (n.state IN ('failed', 'undelivered') AND NOT n.optional)) AND n.handled_at IS NULL
      AND r.realm = 'live' AND r.stage = ANY (${OPEN_STAGES})
      AND NOT r.attention @> '[{"code": "NOTICE_FAILED"}]'::jsonb
      AND NOT EXISTS (
        SELECT 1 FROM case_step s
        WHERE s.case_number = n.case_number AND s.kind IN ('attention-raised', 'settle', 'attention-cleared')
          AND s.detail ->> 'code' = 'NOTICE_FAILED' AND s.at >= coalesce(last.at, n.due_at))
    ORDER BY 1 LIMIT ${most}`;
  return rows.map(({ caseNumber }) => caseNumber);
}
