const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long each thing may take before its absence is a drift, in milliseconds. Wide enough for a busy minute and a
 * restart of a worker, narrow enough that a person loses no right by waiting for it.
 */
export const SLACK = {
  /** From a case's row to its workflow's start. */
  start: MINUTE,
  /** From a wake-up's moment to the turn that answers it. */
  wake: 2 * MINUTE,
  /** From a case's last step to the end of its workflow. */
  end: 10 * MINUTE,
  /** From the day a notice is due on the plan to its order. */
  planned: 5 * MINUTE,
  /** From the moment a notice may leave to its attempt: a gateway's rate may be low, and urgent ones go first. */
  queued: 10 * MINUTE,
  /** From an attempt to its outcome. */
  sending: 15 * MINUTE,
  /** From the gateway's word that it has a text message to its receipt; networks try for hours to reach a telephone. */
  receipt: 6 * HOUR,
  /** From there on nobody asks after a receipt any more: whatever fell back now would come as a surprise. */
  receiptGivenUp: 72 * HOUR,
  /** By how much the engine's timer may ring later than the case asks. */
  timer: SECOND,
} as const;

/** Pause before a suspicion is looked at again, in ms: a turn in progress explains most of them. */
export const LOOK_TWICE_MS = 3 * SECOND;
/** Pause before a repair is judged, in ms: a delivery takes a moment. */
export const LOOK_AGAIN_MS = 6 * SECOND;
/** What runs found is kept this long, in ms. */
export const KEEP_RUNS_MS = 180 * 24 * HOUR;
