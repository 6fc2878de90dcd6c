/** Names the bare workflow and its callers share. */
export const BARE_QUEUE = 'bench-bare';
export const BARE_WORKFLOW = 'bareWorkflow';
/** The two messages of a bare life, in their order. */
export const BARE_MESSAGES = ['first', 'second'] as const;
export type BareMessage = (typeof BARE_MESSAGES)[number];
