import type { FoundPoint, PreCheckStore } from '../activities/registers/pre-check-store.ts';
import { STAGES } from '../domain/case/vocabulary.ts';
import { isOpen } from '../domain/procedure.ts';
import type { CaseCipher } from './case-cipher.ts';
import type { Database } from './database.ts';
import { readApplication } from './read-application.ts';

/** A draft binds nobody: only cases handed in count as another case of the couple. */
const OPEN_STAGES = STAGES.filter((stage) => isOpen(stage) && stage !== 'draft');

export function preCheckStore(db: Database, cipher: CaseCipher): PreCheckStore {
  return {
    load: (caseNumber) => readApplication(db, cipher, caseNumber),
    otherOpenCases: async (caseNumber) => {
      const own = await db.caseRecord.findUniqueOrThrow({
        where: { caseNumber },
        select: { coupleIndex: true, realm: true },
      });
      return db.caseRecord.count({
        where: { ...own, caseNumber: { not: caseNumber }, stage: { in: [...OPEN_STAGES] } },
      });
    },
    save: async (caseNumber, round, found, at) => {
      await db.$transaction([
        db.finding.deleteMany({ where: { caseNumber, round } }),
        db.finding.createMany({
          data: found.map((each) => ({ caseNumber, round, ...each, at: new Date(at) })),
        }),
        db.preCheckRun.upsert({
          where: { caseNumber_round: { caseNumber, round } },
          create: { caseNumber, round, at: new Date(at), ...counts(found) },
          update: { at: new Date(at), ...counts(found) },
        }),
      ]);
    },
  };
}

/** The last round of checks that is done; 0 when none is. */
export async function checkedRound(db: Database, caseNumber: string): Promise<number> {
  const run = await db.preCheckRun.findFirst({
    where: { caseNumber },
    orderBy: { round: 'desc' },
    select: { round: true },
  });
  return run?.round ?? 0;
}

function counts(found: readonly FoundPoint[]): { blocks: number; person: number; informs: number } {
  const count = (severity: FoundPoint['severity']): number =>
    found.filter((each) => each.severity === severity).length;
  return { blocks: count('blocks'), person: count('person'), informs: count('informs') };
}
