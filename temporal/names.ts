import { type CaseNumber, isCaseNumber, isRehearsal } from '../domain/numbers.ts';

/** One queue for workflows and activities: every worker process can do everything. */
export const TASK_QUEUE = 'heli';
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

/** Where a case lives. */
export function namespaceOf(caseNumber: CaseNumber, namespaces: Namespaces = DEFAULT_NAMESPACES): string {
  return isRehearsal(caseNumber) ? namespaces.rehearsal : namespaces.main;
}

export interface Namespaces {
  readonly main: string;
  readonly rehearsal: string;
}

export const DEFAULT_NAMESPACES: Namespaces = { main: NAMESPACE, rehearsal: REHEARSAL_NAMESPACE };
