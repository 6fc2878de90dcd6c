import type { EpochMs } from '../zoned-time.ts';
import type { CaseState } from './state.ts';
import { withFlag } from './state.ts';
import { type Stepped, takeStep } from './step.ts';
import type { AttentionCode } from './vocabulary.ts';

/** What stands open because of a notice: once the volume is sealed nobody can act on it in the case any more. */
export const NOTICE_ATTENTION = [
  'NOTICE_DELAYED',
  'NOTICE_FAILED',
] as const satisfies readonly AttentionCode[];

/** What stands of a case's attention and flags when it is archived; who was not reached stays on record with the notices. */
export function withoutNoticeAttention({
  attention,
  flags,
}: Pick<CaseState, 'attention' | 'flags'>): Pick<CaseState, 'attention' | 'flags'> {
  const codes: readonly string[] = NOTICE_ATTENTION;
  const left = attention.filter(({ code }) => !codes.includes(code));
  return { attention: left, flags: withFlag(flags, 'needs-attention', left.length > 0) };
}

/** Puts a case before a person; undefined when it already stands there for this reason. */
export function raiseAttention(state: CaseState, code: AttentionCode, at: EpochMs): Stepped | undefined {
  if (state.attention.some((each) => each.code === code)) return undefined;
  return takeStep(state, 'attention-raised', state.stage, at, {
    patch: {
      attention: [...state.attention, { code, since: at }],
      flags: withFlag(state.flags, 'needs-attention', true),
    },
    detail: { code },
  });
}

/** The reason is gone; undefined when it was not there. */
export function clearAttention(state: CaseState, code: AttentionCode, at: EpochMs): Stepped | undefined {
  if (!state.attention.some((each) => each.code === code)) return undefined;
  const attention = state.attention.filter((each) => each.code !== code);
  return takeStep(state, 'attention-cleared', state.stage, at, {
    patch: { attention, flags: withFlag(state.flags, 'needs-attention', attention.length > 0) },
    detail: { code },
  });
}
