import type { ActBase, ActInput } from '../../domain/case/act-input.ts';
import type { Act } from '../../domain/case/vocabulary.ts';
import type { PlainDate } from '../../domain/plain-date.ts';
import { dateAt } from '../../domain/zoned-time.ts';
import { checkedRound } from '../../prisma/pre-check-store.ts';
import type { CaseRow } from '../../prisma/queries/cases.ts';
import { findVenue } from '../../prisma/venues.ts';
import { type Actor, actingVenue } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { actIdOf } from '../http/act-id.ts';
import { invalidFields } from '../problems/problem.ts';
import type { ActBody } from './act-bodies.ts';
import { correctionOf } from './correction.ts';
import { calendarFor, nowOf, stateOf } from './load-case.ts';

/** An act as it was asked for: by whom, with which key, on which case. */
export interface AskedAct<A extends Act = Act> {
  readonly deps: ApiDependencies;
  readonly actor: Actor;
  readonly actId: string;
  readonly row: CaseRow;
  readonly act: A;
  readonly body: ActBody<A>;
}

/** How long a reviewer's act waits for the automatic checks of a submission made a moment ago, in ms. */
const WAIT_FOR_CHECKS_MS = 5_000;

/**
 * The act as the workflow takes it: with the facts the API looks up, and with free text sealed.
 * @throws Problem 422 for a venue that does not exist, a date without calendar or a correction that is none
 */
export async function actInputOf(asked: AskedAct): Promise<ActInput> {
  const { deps, actor, actId, body } = asked;
  const venueId = actingVenue(actor, body.venueId);
  const venue = await findVenue(deps.db, venueId);
  if (!venue) throw invalidFields([{ field: 'venueId', code: 'VENUE_UNKNOWN' }]);
  const base: ActBase = { actId, actor: actor.sub, role: actor.role, venueId };
  const { fields, secret } = await actFields(asked, venue.closes);
  const sealed = await sealedOf(asked, secret);
  return { ...base, act: asked.act, ...fields, ...(sealed ? { sealed } : {}) } as unknown as ActInput;
}

interface ActFields {
  readonly fields: object;
  /** What the engine must only carry sealed. */
  readonly secret?: object | undefined;
}

/** TypeScript can't tie the body to the act through a switch; each branch reads its own act's body. */
async function actFields(asked: AskedAct, closes: string): Promise<ActFields> {
  const { act, row, deps } = asked;
  switch (act) {
    case 'submit':
    case 'expire':
      return { fields: {} };
    case 'pass':
      return { fields: { checkedRound: await finishedRound(deps, row) } };
    case 'return': {
      const { missing } = asked.body as ActBody<'return'>;
      return { fields: { missing, checkedRound: await finishedRound(deps, row) } };
    }
    case 'reject': {
      const { reason } = asked.body as ActBody<'reject'>;
      return { fields: { reason, checkedRound: await finishedRound(deps, row) } };
    }
    case 'accept': {
      const { presentParties, receivedOn, place } = asked.body as ActBody<'accept'>;
      const today = dateAt(nowOf(row, deps.now()));
      const calendar = await calendarFor(deps, row.realm, receivedOn ?? today);
      const facts = { presentParties, place, calendar, closes, ...newerPolicy(deps, row, today) };
      return { fields: { ...facts, ...(receivedOn ? { receivedOn } : {}) } };
    }
    case 'refuse-acceptance':
    case 'refuse-registration': {
      const { reason } = asked.body as ActBody<'refuse-acceptance'>;
      return { fields: { reason } };
    }
    case 'withdraw': {
      const { party, reason } = asked.body as ActBody<'withdraw'>;
      return { fields: { party }, secret: reason ? { reason } : undefined };
    }
    case 'check-in': {
      const { presentParties } = asked.body as ActBody<'check-in'>;
      return { fields: { presentParties } };
    }
    case 'review': {
      const { separatelyQuestioned, agreementFinal } = asked.body as ActBody<'review'>;
      return { fields: { separatelyQuestioned, agreementFinal } };
    }
    case 'register': {
      const { presentParties, separatelyQuestioned, agreementFinal, registrar } =
        asked.body as ActBody<'register'>;
      return {
        fields: {
          presentParties,
          separatelyQuestioned,
          agreementFinal,
          registrar: registrar ?? asked.actor.sub,
        },
      };
    }
    case 'refer-counselling': {
      const { party, topic, immediate, counsellor } = asked.body as ActBody<'refer-counselling'>;
      const counsellingId = actIdOf(asked.actor.sub, asked.actId, 'counselling');
      return { fields: { counsellingId, party, topic, immediate, ...(counsellor ? { counsellor } : {}) } };
    }
    case 'correct':
      return correctionOf(deps, row, asked.body as ActBody<'correct'>);
    case 'settle': {
      const { code } = asked.body as ActBody<'settle'>;
      return { fields: { code } };
    }
  }
}

/** What the district reminds of on the day of acceptance, where the case was opened under something else. */
function newerPolicy(
  { policies }: ApiDependencies,
  row: CaseRow,
  today: PlainDate,
): Pick<ActInput<'accept'>, 'policy'> {
  const policy = policies.inForce(today);
  return policy.version === row.policyVersion ? {} : { policy };
}

async function sealedOf(
  { deps, row, body }: AskedAct,
  secret: object | undefined,
): Promise<string | undefined> {
  const all = { ...secret, ...(body.note ? { note: body.note } : {}) };
  if (Object.keys(all).length === 0) return undefined;
  return Buffer.from(await deps.cipher.seal(row.caseNumber, 'case_step.sealed', all)).toString('base64');
}

/** Whoever reviews right after the submission should not be refused for a second's haste. */
async function finishedRound(deps: ApiDependencies, row: CaseRow): Promise<number> {
  const { preCheckRound } = await stateOf(deps, row);
  const until = performance.now() + WAIT_FOR_CHECKS_MS;
  for (;;) {
    const done = await checkedRound(deps.db, row.caseNumber);
    if (done >= preCheckRound || performance.now() > until) return done;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
