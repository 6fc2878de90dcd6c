import type { NoticeOrder, RecordInput } from '../activities/records/port.ts';
import { sendAtOf } from '../domain/reminders/send-at.ts';
import type { CancelReason } from '../domain/case/plan-change.ts';
import type { Realm } from '../domain/case/state.ts';
import { isOpen } from '../domain/procedure.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import type { Transaction } from './database.ts';

export interface PlanTurn {
  readonly realm: Realm;
  /** The turn is not older than what stands on record, so that it may take up again what was cancelled. */
  readonly current: boolean;
  /** Real time. */
  readonly now: EpochMs;
}

/** A row as PostgreSQL reads it from JSON. */
interface NoticeRow {
  readonly id: string;
  readonly party: string;
  readonly kind: string;
  readonly template: string | null;
  readonly deadline_version: number;
  readonly offset_days: number;
  readonly policy_version: string | null;
  readonly urgency: string;
  readonly optional: boolean;
  readonly channels: readonly string[];
  readonly channel: string | null;
  readonly state: 'planned' | 'queued' | 'to-call' | 'failed';
  readonly due_at: string;
  readonly send_at: string | null;
  readonly useful_until: string | null;
  readonly last_error: string | null;
  readonly props: object;
}

/**
 * Writes what a turn changes in the plan: what is taken back, what stands for later, and what is to be sent. A row
 * that is further on than the turn knows is left as it is, so that a second call changes nothing.
 */
export async function recordPlan(tx: Transaction, input: RecordInput, turn: PlanTurn): Promise<void> {
  const { caseNumber, notices, plan, resume } = input;
  if (plan && plan.cancel.length > 0) await cancel(tx, plan.cancel, plan.reason ?? null);
  // An older picture of the case does not know what has been planned since.
  if (plan?.standing && turn.current) {
    const over = !isOpen(input.snapshot.stage);
    await cancelOthers(tx, caseNumber, plan.standing, over ? 'CASE_ENDED' : 'CASE_WENT_ON');
  }
  const ordered = new Set(notices.map(({ id }) => id));
  const version = resume?.policyVersion ?? null;
  const rows = [
    ...(plan?.add ?? []).filter(({ id }) => !ordered.has(id)).map((order) => plannedRow(order, version)),
    ...notices.map((order) => orderedRow(order, version, turn)),
  ];
  if (rows.length > 0) await writeNotices(tx, caseNumber, rows, turn.current);
}

/** What a new case has planned. */
export async function planNotices(
  tx: Transaction,
  caseNumber: string,
  orders: readonly NoticeOrder[],
  policyVersion: string | null,
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map((order) => plannedRow(order, policyVersion));
  await writeNotices(tx, caseNumber, rows, true);
}

/** Notices that follow a case's end: on record at once, sent when their hour has come. */
export async function orderNotices(
  tx: Transaction,
  caseNumber: string,
  orders: readonly NoticeOrder[],
  policyVersion: string | null,
  turn: PlanTurn,
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map((order) => orderedRow(order, policyVersion, turn));
  await writeNotices(tx, caseNumber, rows, turn.current);
}

async function cancel(tx: Transaction, ids: readonly string[], reason: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE notice SET state = 'cancelled', send_at = NULL, last_error = ${reason}
    WHERE id = ANY (${[...ids]}) AND state IN ('planned', 'queued')`;
}

/** Takes back all that is planned of a case, save what stands. */
export async function cancelOthers(
  tx: Transaction,
  caseNumber: string,
  standing: readonly string[],
  reason: CancelReason,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notice SET state = 'cancelled', send_at = NULL, last_error = ${reason}
    WHERE case_number = ${caseNumber} AND state = 'planned' AND id <> ALL (${[...standing]})`;
}

/** One statement for all rows, whatever their number: its plan is kept. */
async function writeNotices(
  tx: Transaction,
  caseNumber: string,
  rows: readonly NoticeRow[],
  current: boolean,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO notice (id, case_number, party, kind, template, deadline_version, offset_days, policy_version, urgency,
      optional, channels, channel, state, due_at, send_at, useful_until, last_error, props)
    SELECT id, ${caseNumber}, party, kind, template, deadline_version, offset_days, policy_version, urgency,
      optional, channels, channel, state, due_at, send_at, useful_until, last_error, props
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id text, party text, kind text, template text,
      deadline_version int, offset_days int, policy_version text, urgency text, optional boolean, channels text[],
      channel text, state text, due_at timestamptz, send_at timestamptz, useful_until timestamptz, last_error text,
      props jsonb)
    ON CONFLICT (id) DO UPDATE SET template = excluded.template, policy_version = excluded.policy_version,
      urgency = excluded.urgency, optional = excluded.optional, channels = excluded.channels,
      channel = excluded.channel, state = excluded.state, due_at = excluded.due_at, send_at = excluded.send_at,
      useful_until = excluded.useful_until, last_error = excluded.last_error, props = excluded.props
    WHERE (notice.state = 'planned' AND excluded.state <> 'planned')
      OR (notice.state = 'cancelled' AND ${current})`;
}

function plannedRow(order: NoticeOrder, policyVersion: string | null): NoticeRow {
  return {
    ...commonOf(order, policyVersion),
    channel: order.channels[0] ?? null,
    state: 'planned',
    send_at: null,
    last_error: null,
  };
}

/** Waits for its gateway, or for somebody to ring: `call` needs no gateway. */
function orderedRow(order: NoticeOrder, policyVersion: string | null, { realm, now }: PlanTurn): NoticeRow {
  const [channel] = order.channels;
  const common = {
    ...commonOf(order, policyVersion),
    channel: channel ?? null,
    send_at: null,
    last_error: null,
  };
  if (channel === undefined) return { ...common, state: 'failed', last_error: 'NO_CHANNEL' };
  if (channel === 'call') return { ...common, state: 'to-call' };
  return { ...common, state: 'queued', send_at: new Date(sendAtOf(order, realm, now)).toISOString() };
}

type Common = Omit<NoticeRow, 'channel' | 'state' | 'send_at' | 'last_error'>;

function commonOf(order: NoticeOrder, policyVersion: string | null): Common {
  const { usefulUntil } = order;
  return {
    id: order.id,
    party: order.party,
    kind: order.kind,
    template: order.template ?? null,
    deadline_version: order.deadlineVersion,
    offset_days: order.offsetDays,
    policy_version: policyVersion,
    urgency: order.urgency,
    optional: order.optional ?? false,
    channels: order.channels,
    due_at: new Date(order.dueAt).toISOString(),
    useful_until: usefulUntil === undefined ? null : new Date(usefulUntil).toISOString(),
    props: order.props,
  };
}
