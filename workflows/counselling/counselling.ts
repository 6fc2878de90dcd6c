import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  patched,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type * as records from '../../activities/counselling/record-counselling.ts';
import {
  applyCounsellingAct,
  appointmentFact,
  type CounsellingAct,
  type CounsellingOpening,
  type CounsellingState,
  isCounsellingOver,
  openCounselling,
  refuseCounsellingAct,
} from '../../domain/counselling/counselling.ts';
import {
  ACT_REFUSED,
  appointmentChangedSignal,
  attentionSignal,
  counsellingFinishedSignal,
  counsellingQuery,
  counsellingUpdate,
} from '../messages.ts';

const { recordCounselling } = proxyLocalActivities<ReturnType<typeof records.counsellingActivities>>({
  startToCloseTimeout: '5 seconds',
  retry: { maximumInterval: '30 seconds' },
});

/** Nobody should wait longer than this for a first answer. */
const ANSWER_WITHIN = '3 days';

/** 婚姻家庭辅导 from the request to its outcome code: request → assigned → appointment → outcome. */
export async function counselling(opening: CounsellingOpening): Promise<void> {
  let state = openCounselling(opening);
  setHandler(
    counsellingUpdate,
    async (act: CounsellingAct) => {
      if (state.answered.includes(act.actId)) return state;
      const before = state;
      state = applyCounsellingAct(state, act);
      const after = state;
      await recordCounselling({
        state: after,
        actId: act.actId,
        actor: act.actor,
        role: act.role,
        act: act.act,
        now: Date.now(),
      });
      await tellAppointment(before, after, Date.now());
      return after;
    },
    {
      validator: (act: CounsellingAct) => {
        if (state.answered.includes(act.actId)) return;
        const reason = refuseCounsellingAct(state, act, Date.now());
        if (reason) {
          throw ApplicationFailure.create({
            type: ACT_REFUSED,
            message: reason,
            nonRetryable: true,
            details: [{ reason, stage: state.state }],
          });
        }
      },
    },
  );
  setHandler(counsellingQuery, () => state);

  await recordCounselling({
    state,
    actId: 'open',
    actor: 'system',
    role: 'system',
    act: 'open',
    now: Date.now(),
  });
  const answered = await condition(() => state.state !== 'requested', ANSWER_WITHIN);
  if (!answered)
    await tellCase(opening.caseNumber, (parent) =>
      parent.signal(attentionSignal, { code: 'COUNSELLING_UNANSWERED', raised: true }),
    );
  await condition(() => isCounsellingOver(state));
  await tellCase(opening.caseNumber, async (parent) => {
    if (!answered) await parent.signal(attentionSignal, { code: 'COUNSELLING_UNANSWERED', raised: false });
    await parent.signal(counsellingFinishedSignal, { id: opening.id });
  });
  await condition(allHandlersFinished);
}

/** The case reminds of the hour in the counselling room, and forgets it when it is moved or given up. */
async function tellAppointment(
  before: CounsellingState,
  after: CounsellingState,
  now: number,
): Promise<void> {
  const fact = appointmentFact(before, after, now);
  // Counselling begun by release 0.1 told nobody.
  if (!fact || !patched('appointment-told')) return;
  await tellCase(after.caseNumber, (parent) => parent.signal(appointmentChangedSignal, fact));
}

type CaseHandle = ReturnType<typeof getExternalWorkflowHandle>;

/** The case may have ended before its counselling; then there is nobody to tell. */
async function tellCase(caseNumber: string, tell: (parent: CaseHandle) => Promise<void>): Promise<void> {
  try {
    await tell(getExternalWorkflowHandle(`case-${caseNumber}`));
  } catch {
    return;
  }
}
