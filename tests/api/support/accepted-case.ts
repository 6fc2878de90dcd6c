import { expect } from '@jest/globals';
import { post, type Reply } from './client.ts';
import { application } from './couples.ts';

export const BOTH = { presentParties: ['a', 'b'] };

/** A rehearsal case that has been accepted, on the next working day if today is none. */
export async function acceptedCase(
  body: object = application(),
): Promise<{ caseNumber: string; accepted: Reply }> {
  const { caseNumber } = (await post('clerk', '/rehearsal/cases', body)).body as { caseNumber: string };
  const act = (role: 'clerk' | 'reviewer', name: string, content: object) =>
    post(role, `/cases/${caseNumber}/acts/${name}`, content);
  expect((await act('clerk', 'submit', {})).body).toMatchObject({ stage: 'pre-check' });
  expect((await act('reviewer', 'pass', {})).body).toMatchObject({ stage: 'ready' });
  let accepted = await act('clerk', 'accept', { ...BOTH, place: 'counter' });
  for (let day = 0; accepted.body.code === 'NOT_WORKING_DAY' && day < 15; day += 1) {
    await post('clerk', `/rehearsal/cases/${caseNumber}/fast-forward`, { days: 1 });
    accepted = await act('clerk', 'accept', { ...BOTH, place: 'counter' });
  }
  expect(accepted.body).toMatchObject({ stage: 'cooling-off' });
  return { caseNumber, accepted };
}

/** Moves a rehearsal case to an instant of its own time. */
export function moveTo(caseNumber: string, to: string): Promise<Reply> {
  return post('clerk', `/rehearsal/cases/${caseNumber}/fast-forward`, { to });
}

/** Waits for what another process does. @throws when it has not come about within 15 seconds */
export async function until(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come about within 15 seconds');
}
