import type { AppointmentFact } from '../case/appointment-fact.ts';
import type { PartyLabel, Role } from '../case/vocabulary.ts';
import type { EpochMs } from '../zoned-time.ts';

/**
 * Counselling: voluntary and free, asked for by a party, without any effect on the legal periods
 * (民发〔2020〕99号). Only codes and dates: what is said in the room is written down nowhere here.
 */
export const COUNSELLING_STATES = ['requested', 'assigned', 'appointed', 'finished', 'declined'] as const;
export type CounsellingStage = (typeof COUNSELLING_STATES)[number];

export const COUNSELLING_OUTCOMES = ['attended', 'partly-attended', 'not-attended', 'referred-on'] as const;
export type CounsellingOutcome = (typeof COUNSELLING_OUTCOMES)[number];

export const COUNSELLING_ACTS = ['assign', 'appoint', 'finish', 'decline'] as const;
export type CounsellingActName = (typeof COUNSELLING_ACTS)[number];

export interface CounsellingOpening {
  readonly id: string;
  readonly caseNumber: string;
  readonly party: PartyLabel | 'both';
  readonly topic: 'emotional' | 'legal' | 'family';
  /** An agitated party is taken to the psychologist on site at once. */
  readonly immediate: boolean;
  readonly counsellor?: string;
}

export interface CounsellingState extends CounsellingOpening {
  readonly state: CounsellingStage;
  readonly seq: number;
  readonly appointmentAt?: EpochMs;
  readonly outcome?: CounsellingOutcome;
  readonly answered: readonly string[];
}

export type CounsellingAct = { readonly actId: string; readonly actor: string; readonly role: Role } & (
  | { readonly act: 'assign'; readonly counsellor: string }
  | { readonly act: 'appoint'; readonly appointmentAt: EpochMs }
  | { readonly act: 'finish'; readonly outcome: CounsellingOutcome }
  | { readonly act: 'decline' }
);

export const COUNSELLING_REFUSALS = ['ACT_NOT_ALLOWED', 'ROLE_NOT_ALLOWED', 'APPOINTMENT_IN_PAST'] as const;
export type CounsellingRefusal = (typeof COUNSELLING_REFUSALS)[number];

/** state × act → next state. A new appointment may replace an old one. */
const LIFE = {
  requested: { assign: 'assigned', decline: 'declined' },
  assigned: { assign: 'assigned', appoint: 'appointed', finish: 'finished', decline: 'declined' },
  appointed: { assign: 'assigned', appoint: 'appointed', finish: 'finished', decline: 'declined' },
  finished: {},
  declined: {},
} as const satisfies Record<CounsellingStage, Partial<Record<CounsellingActName, CounsellingStage>>>;

const ACT_ROLES: Record<CounsellingActName, readonly Role[]> = {
  assign: ['counsellor', 'dispatcher', 'clerk'],
  appoint: ['counsellor', 'dispatcher', 'clerk'],
  finish: ['counsellor'],
  decline: ['counsellor', 'clerk', 'dispatcher'],
};

/** The state of newly requested counselling; an immediate referral is assigned from its first second. */
export function openCounselling(opening: CounsellingOpening): CounsellingState {
  return { ...opening, state: opening.immediate ? 'assigned' : 'requested', seq: 0, answered: [] };
}

export function isCounsellingOver(state: CounsellingState): boolean {
  return state.state === 'finished' || state.state === 'declined';
}

/** Why the act may not be done now; undefined when it may. */
export function refuseCounsellingAct(
  state: CounsellingState,
  input: CounsellingAct,
  now: EpochMs,
): CounsellingRefusal | undefined {
  if (!ACT_ROLES[input.act].includes(input.role)) return 'ROLE_NOT_ALLOWED';
  const row: Partial<Record<CounsellingActName, CounsellingStage>> = LIFE[state.state];
  if (row[input.act] === undefined) return 'ACT_NOT_ALLOWED';
  if (input.act === 'appoint' && input.appointmentAt <= now) return 'APPOINTMENT_IN_PAST';
  return undefined;
}

/** The counselling after a lawful act. */
export function applyCounsellingAct(state: CounsellingState, input: CounsellingAct): CounsellingState {
  const row: Partial<Record<CounsellingActName, CounsellingStage>> = LIFE[state.state];
  const next = {
    ...state,
    state: row[input.act] ?? state.state,
    seq: state.seq + 1,
    answered: [...state.answered, input.actId],
  };
  switch (input.act) {
    case 'assign':
      return { ...next, counsellor: input.counsellor };
    case 'appoint':
      return { ...next, appointmentAt: input.appointmentAt };
    case 'finish':
      return { ...next, outcome: input.outcome };
    case 'decline':
      return next;
  }
}

/** What an act means for the couple's diary; undefined when no hour ahead is set, moved or given up by it. */
export function appointmentFact(
  before: CounsellingState,
  after: CounsellingState,
  now: EpochMs,
): AppointmentFact | undefined {
  const [old, set] = [appointmentOf(before), appointmentOf(after)];
  if (old === set) return undefined;
  const startsAt = set ?? old;
  if (startsAt === undefined || startsAt <= now) return undefined;
  return {
    id: `counselling-${after.id}`,
    service: 'counselling',
    state: set === undefined ? 'cancelled' : 'booked',
    startsAt,
    ...(after.party === 'both' ? {} : { parties: [after.party] }),
  };
}

/** An hour set with one counsellor is none with the next. */
function appointmentOf({ state, appointmentAt }: CounsellingState): EpochMs | undefined {
  return state === 'appointed' ? appointmentAt : undefined;
}
