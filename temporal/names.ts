import { type CaseNumber, isCaseNumber, isRehearsal } from '../domain/numbers.ts';

/** One queue for workflows and activities: every worker process can do everything. */
export const TASK_QUEUE = 'heli';
/** Queues of the deliveries, in the main namespace: the engine keeps each one's rate over all workers. */
export const DELIVERY_QUEUES = { sms: 'heli-sms', email: 'heli-email' } as const;
/** Namespace of real cases. */
export const NAMESPACE = 'heli';
/** Namespace whose cases can be moved forward in time. */
export const REHEARSAL_NAMESPACE = 'heli-rehearsal';

const CASE_PREFIX = 'case-';

/** The workflow id of a case; says nothing about a person. */
export function caseWorkflowId(caseNumber: CaseNumber): string {
  return `${CASE_PREFIX}${caseNumber}`;
}

/** The case a workflow id belongs to, or undefined when it is not a case's workflow. */
export function caseNumberOf(workflowId: string): CaseNumber | undefined {
  const rest = workflowId.startsWith(CASE_PREFIX) ? workflowId.slice(CASE_PREFIX.length) : '';
  return isCaseNumber(rest) ? rest : undefined;
}

/** The workflow id of a recomputation; one runs for each revision of a year. */
export function recomputationWorkflowId(id: string): string {
  return `recompute-${id}`;
}

/** Where a case lives. */
export function namespaceOf(caseNumber: CaseNumber, namespaces: Namespaces = DEFAULT_NAMESPACES): string {
  return isRehearsal(caseNumber) ? namespaces.rehearsal : namespaces.main;
}

export interface Namespaces {
  readonly main: string;
  readonly rehearsal: string;
}

export const DEFAULT_NAMESPACES: Namespaces = { main: NAMESPACE, rehearsal: REHEARSAL_NAMESPACE };
