import { z } from 'zod';
import { isCaseNumber, isRehearsal } from '../../domain/numbers.ts';
import { dateAt, instantAt } from '../../domain/zoned-time.ts';
import { parsePlainDate } from '../../domain/plain-date.ts';
import type { Move } from '../../temporal/rehearsal.ts';
import { caseHeadOf } from '../cases/case-head.ts';
import { getCase, nowOf } from '../cases/load-case.ts';
import { openCase } from '../cases/open-case.ts';
import { applicationInput, caseHead, caseParams } from '../cases/schemas.ts';
import { startPending } from '../cases/start-pending.ts';
import { type Route, route } from '../http/route.ts';
import { invalidFields, Problem } from '../problems/problem.ts';
import { moveCase } from '../rehearsal/move-case.ts';

const TAG = 'Rehearsal';
const DAY_MS = 86_400_000;
const FARTHEST_MS = 401 * DAY_MS;
/** By then the notices of a day have gone out; nothing is sent in the night. */
const DAY_BEGINS = '09:05';

const startRehearsal = route({
  method: 'post',
  path: '/rehearsal/cases',
  tag: TAG,
  summary: 'Start a case that can be moved in time',
  description: 'Its number starts with `R`; from then on the same addresses as for any case.',
  access: 'rehearse',
  body: applicationInput,
  answers: { status: 201, description: 'The case', schema: caseHead },
  handle: ({ deps, actor, actId, body }) =>
    openCase({ deps, actor, actId, application: body, realm: 'rehearsal' }),
});

const target = z
  .union([
    z.object({ days: z.number().int().min(1).max(400) }),
    z.object({ to: z.string().refine(isInstantOrDate, 'INSTANT_INVALID') }),
  ])
  .meta({ id: 'FastForward', examples: [{ days: 27 }, { to: '2026-12-24T10:00:00+08:00' }] });

const fastForward = route({
  method: 'post',
  path: '/rehearsal/cases/{caseNumber}/fast-forward',
  tag: TAG,
  summary: 'Move a rehearsal case ahead',
  description:
    'Answers when the case has settled: everything that fell due on the way has happened. `days` arrives at the ' +
    'same hour, but not before 09:05 of that day, when its notices are out.',
  access: 'rehearse',
  params: caseParams,
  body: target,
  answers: { status: 200, description: 'The case, with its own time in `now`', schema: caseHead },
  problems: ['NOT_A_REHEARSAL_CASE', 'TARGET_NOT_AHEAD', 'MOVE_NOT_COMPLETE'],
  handle: async ({ deps, actor, params, body }) => {
    const { caseNumber } = params;
    const row = await getCase(deps, actor, caseNumber);
    if (!isCaseNumber(caseNumber) || !isRehearsal(caseNumber)) throw new Problem('NOT_A_REHEARSAL_CASE');
    if (!row.engineStarted) await startPending(deps, caseNumber);
    const now = nowOf(row, deps.now());
    const move: Move = { to: 'days' in body ? daysAhead(now, body.days) : instantOf(body.to) };
    const ahead = move.to - now;
    if (!(ahead > 0 && ahead <= FARTHEST_MS)) {
      throw invalidFields([{ field: 'days' in body ? 'days' : 'to', code: 'TARGET_NOT_AHEAD' }]);
    }
    await moveCase(deps, row, move);
    return { json: await caseHeadOf(deps, actor, await getCase(deps, actor, caseNumber)) };
  },
});

/** The same hour so many days later; of a night that leads to, the morning, when that day's notices are out. */
function daysAhead(now: number, days: number): number {
  const then = now + days * DAY_MS;
  return Math.max(then, instantAt(dateAt(then), DAY_BEGINS));
}

function isInstantOrDate(text: string): boolean {
  return z.iso.datetime({ offset: true }).safeParse(text).success || parsePlainDate(text) !== undefined;
}

/** A date alone is its first moment in Shanghai. */
function instantOf(text: string): number {
  const date = parsePlainDate(text);
  return date === undefined ? Date.parse(text) : instantAt(date);
}

export const rehearsalRoutes: readonly Route[] = [startRehearsal, fastForward];
