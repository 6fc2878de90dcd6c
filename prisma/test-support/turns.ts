import type { RecordInput } from '../../activities/records/port.ts';
import type { ActInput } from '../../domain/case/act-input.ts';
import { inputOf } from '../../domain/case/case.fixture.ts';
import { catchUp } from '../../domain/case/catch-up.ts';
import { decide } from '../../domain/case/decide.ts';
import { nextWake, takeDueNotices } from '../../domain/case/next-wake.ts';
import { type CaseState, openCase } from '../../domain/case/state.ts';
import type { Step } from '../../domain/case/step.ts';
import type { Act } from '../../domain/case/vocabulary.ts';
import type { EpochMs } from '../../domain/zoned-time.ts';
import { noticeOrders } from '../../domain/case/notice-orders.ts';
import { stepRecorder } from '../record-steps.ts';
import { at, OPENED, type TestDatabase } from './database.ts';

export interface Turn {
  readonly state: CaseState;
  readonly input: RecordInput;
}

/** The state of a case just opened by `openedCase`. */
export function freshState(caseNumber: string, realm: 'live' | 'rehearsal' = 'live'): CaseState {
  const opening = {
    caseNumber,
    realm,
    channel: 'online',
    venueId: 'gm-centre',
    flags: [],
    safety: [],
  } as const;
  return openCase({ ...opening, mailable: ['a'], closes: '18:00', seq: 1 }, OPENED);
}

/** What the workflow would record for an act; the act id is unique within the case. */
export function actTurn(
  state: CaseState,
  act: Act,
  now: EpochMs,
  changes: Partial<ActInput> & Readonly<Record<string, unknown>> = {},
): Turn {
  const input = inputOf(act, { actId: `${state.caseNumber}-${state.seq}-${act}`, ...changes });
  const decision = decide(state, input, now);
  if (!decision.ok) throw new Error(`${act} was refused: ${decision.reason}`);
  return turn(state.seq, decision.state, decision.steps, now, input);
}

/** What the workflow would record when it wakes. */
export function clockTurn(state: CaseState, now: EpochMs): Turn {
  const caught = catchUp(state, now);
  return turn(state.seq, caught.state, caught.steps, now);
}

function turn(baseSeq: number, next: CaseState, steps: readonly Step[], now: EpochMs, by?: ActInput): Turn {
  const { state, due } = takeDueNotices(next, now);
  const wake = nextWake(state);
  return {
    state,
    input: {
      caseNumber: state.caseNumber,
      steps,
      baseSeq,
      ...(by ? { by: { ...by, kind: by.act } } : {}),
      notices: noticeOrders(state, due, now),
      snapshot: { ...state, ...(wake ? { nextWake: wake } : {}) },
      now,
    },
  };
}

/** Records the turns that bring a fresh case to acceptance on 2026-10-30, and answers its state. */
export async function acceptedState({ db, cipher }: TestDatabase, caseNumber: string): Promise<CaseState> {
  const recorder = stepRecorder(db, cipher);
  let state = freshState(caseNumber);
  for (const [act, now] of [
    ['submit', at('2026-10-28', '09:10')],
    ['pass', at('2026-10-28', '09:20')],
    ['accept', at('2026-10-30')],
  ] as const) {
    const next = actTurn(state, act, now);
    await recorder.record(next.input);
    state = next.state;
  }
  return state;
}
