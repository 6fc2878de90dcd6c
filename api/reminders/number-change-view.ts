import { z } from 'zod';
import { PARTIES } from '../../domain/case/vocabulary.ts';
import type { NumberChange } from '../../prisma/generated/client.ts';
import {
  CODE_TRIES,
  NUMBER_CHANGE_STATES,
  type NumberChangeState,
  openNumber,
} from '../../prisma/number-changes.ts';
import { maskMobile } from '../cases/mask.ts';
import type { ApiDependencies } from '../dependencies.ts';

export const numberChangeSchema = z
  .object({
    id: z.string(),
    caseNumber: z.string(),
    party: z.enum(PARTIES),
    mobile: z.string().optional().describe('Its last four digits; absent once personal data is erased'),
    state: z
      .enum(NUMBER_CHANGE_STATES)
      .describe('`proposed` waits for a second person, `sent` for the code that the new number was sent'),
    noticeId: z.string().optional().describe('The notice it was entered for'),
    codeTriesLeft: z.number(),
    proposedBy: z.string(),
    proposedAt: z.string(),
    approvedBy: z.string().optional(),
    approvedAt: z.string().optional(),
    confirmedAt: z.string().optional(),
  })
  .meta({ id: 'NumberChange' });

/** A changed number, masked. */
export async function numberChangeView(
  deps: ApiDependencies,
  change: NumberChange,
): Promise<z.output<typeof numberChangeSchema>> {
  const { id, caseNumber, proposedBy } = change;
  const mobile = await maskedNumber(deps, change);
  return {
    id,
    caseNumber,
    party: change.party as 'a' | 'b',
    ...(mobile ? { mobile } : {}),
    state: change.state as NumberChangeState,
    ...(change.noticeId ? { noticeId: change.noticeId } : {}),
    codeTriesLeft: CODE_TRIES - change.codeTries,
    proposedBy,
    proposedAt: change.proposedAt.toISOString(),
    ...(change.approvedBy ? { approvedBy: change.approvedBy } : {}),
    ...(change.approvedAt ? { approvedAt: change.approvedAt.toISOString() } : {}),
    ...(change.confirmedAt ? { confirmedAt: change.confirmedAt.toISOString() } : {}),
  };
}

async function maskedNumber(deps: ApiDependencies, change: NumberChange): Promise<string | undefined> {
  const mobile = await wholeNumber(deps, change);
  return mobile === undefined ? undefined : maskMobile(mobile);
}

/** The number itself; undefined once personal data is erased: one such case must not keep the list from being read. */
export async function wholeNumber(
  { cipher }: ApiDependencies,
  change: NumberChange,
): Promise<string | undefined> {
  try {
    return await openNumber(cipher, change);
  } catch (error) {
    if (error instanceof Error && error.name === 'CaseKeyErased') return undefined;
    throw error;
  }
}
