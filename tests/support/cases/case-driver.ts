import { randomUUID } from 'node:crypto';
import { ActRefusedByCase, type CaseRef } from '../../../api/engine/port.ts';
import type { Application } from '../../../domain/application/application.ts';
import type { ActBodies, ActInput } from '../../../domain/case/act-input.ts';
import type { ActAnswer, Realm } from '../../../domain/case/state.ts';
import type { Act, PartyLabel, Role } from '../../../domain/case/vocabulary.ts';
import type { WorkCalendar } from '../../../domain/clock/calendar.ts';
import type { CaseNumber } from '../../../domain/numbers.ts';
import type { PlainDate } from '../../../domain/plain-date.ts';
import { ACT_ROLES } from '../../../domain/procedure.ts';
import type { ReminderPolicy } from '../../../domain/reminders/policy.ts';
import { type EpochMs, instantAt } from '../../../domain/zoned-time.ts';
import { markStarted, type OpenedCase, writeNewCase } from '../../../prisma/open-case.ts';
import type { CaseRecord, CaseStep, Notice } from '../../../prisma/generated/client.ts';
import { seededVenues } from '../../../prisma/venues.ts';
import type { SmsRecord } from '../../../simulators/inbox.ts';
import { caseWorkflowId } from '../../../temporal/names.ts';
import type { Moved } from '../../../temporal/rehearsal.ts';
import type { NoticeState } from '../../../activities/notices/notice-store.ts';
import { type CaseStatus, reconcileUpdate } from '../../../workflows/messages.ts';
import type { District } from './district.ts';
import { eventually } from './eventually.ts';
import { type ApplicationChanges, inventedApplication } from './invented.ts';

/** Who acts; by default a person of a role that may, at the district centre. */
export interface By {
  readonly actId?: string;
  readonly actor?: string;
  readonly role?: Role;
  readonly venueId?: string;
  readonly sealed?: string;
}

export interface OpenOptions {
  readonly changes?: ApplicationChanges;
  /** A running paper case. */
  readonly imported?: { readonly receivedOn: PlainDate; readonly calendar: WorkCalendar };
  readonly realm?: Realm;
  /** What the case reminds of; without one it keeps to what release 0.1 did. */
  readonly policy?: ReminderPolicy;
}

/** One case of a test, acted on through the engine and looked at in the database and at the simulators. */
export class CaseDriver {
  readonly district: District;
  readonly ref: CaseRef;
  readonly application: Application;

  private constructor(district: District, ref: CaseRef, application: Application) {
    this.district = district;
    this.ref = ref;
    this.application = application;
  }

  get caseNumber(): string {
    return this.ref.caseNumber;
  }

  get workflowId(): string {
    return caseWorkflowId(this.caseNumber as CaseNumber);
  }

  static async open(district: District, options: OpenOptions = {}): Promise<CaseDriver> {
    const application = inventedApplication(options.changes);
    const realm = options.realm ?? 'rehearsal';
    const opened = await writeCase(district, application, realm, options);
    const ref = { caseNumber: opened.caseNumber, realm };
    await startCase(district, ref, application, opened);
    return new CaseDriver(district, ref, application);
  }

  /** Does an act. @throws ActRefusedByCase, CaseNotRunning */
  act<A extends Act>(act: A, body: ActBodies[A], by: By = {}): Promise<ActAnswer> {
    const base = {
      actId: by.actId ?? randomUUID(),
      actor: by.actor ?? 'staff-1',
      role: by.role ?? ACT_ROLES[act][0],
      venueId: by.venueId ?? this.application.venueId,
      ...(by.sealed ? { sealed: by.sealed } : {}),
    };
    return this.district.engine.act(this.ref, { act, ...base, ...body } as unknown as ActInput);
  }

  /** The reason for which an act is refused. @throws when it is done */
  async refusal<A extends Act>(act: A, body: ActBodies[A], by: By = {}): Promise<string> {
    try {
      await this.act(act, body, by);
    } catch (error) {
      if (error instanceof ActRefusedByCase) return error.reason;
      throw error;
    }
    throw new Error(`${act} was done`);
  }

  /** Moves the case's own time to a civil date and time in Shanghai. */
  to(date: string, time: string): Promise<Moved> {
    return this.toInstant(instantAt(date as PlainDate, time));
  }

  toInstant(to: EpochMs): Promise<Moved> {
    return this.district.engine.fastForward(this.ref, { to });
  }

  now(): Promise<EpochMs> {
    return this.district.engine.caseNow(this.ref);
  }

  row(): Promise<CaseRecord> {
    return this.district.db.caseRecord.findUniqueOrThrow({ where: { caseNumber: this.caseNumber } });
  }

  steps(): Promise<CaseStep[]> {
    return this.district.db.caseStep.findMany({
      where: { caseNumber: this.caseNumber },
      orderBy: { seq: 'asc' },
    });
  }

  /** Kinds of the timeline's steps in their order. */
  async story(): Promise<string[]> {
    return (await this.steps()).map(({ kind }) => kind);
  }

  notices(kind?: string): Promise<Notice[]> {
    return this.district.db.notice.findMany({
      where: { caseNumber: this.caseNumber, ...(kind === undefined ? {} : { kind }) },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    });
  }

  /** Those that have been ordered: neither for later nor taken back. */
  async ordered(kind?: string): Promise<Notice[]> {
    return (await this.notices(kind)).filter(({ state }) => state !== 'planned' && state !== 'cancelled');
  }

  /** Those in one state. */
  async inState(state: NoticeState, kind?: string): Promise<Notice[]> {
    return (await this.notices(kind)).filter((notice) => notice.state === state);
  }

  /** Waits until every notice ordered so far has reached a gateway, and answers with them. */
  async noticesSent(kind?: string): Promise<Notice[]> {
    return eventually(async () => {
      const waiting = (await this.notices()).filter(({ state }) => state === 'queued' || state === 'sending');
      if (waiting.length > 0)
        throw new Error(`not sent: ${waiting.map(({ id, lastError }) => `${id} ${lastError ?? ''}`).join()}`);
      return this.ordered(kind);
    });
  }

  /** Asks the case to write its whole picture again. */
  reconcile(runId: string = randomUUID()): Promise<CaseStatus> {
    return this.district.client.workflow
      .getHandle(this.workflowId)
      .executeUpdate(reconcileUpdate, { args: [{ runId }] });
  }

  mobileOf(party: PartyLabel): string {
    return this.application.parties[party === 'a' ? 0 : 1].mobile;
  }

  /** What the simulated gateway took for a party, oldest first. */
  async sms(party: PartyLabel): Promise<SmsRecord[]> {
    const received = await this.district.simulators.received({ to: this.mobileOf(party), channel: 'sms' });
    return received.filter((message) => message.channel === 'sms').reverse();
  }

  describe(): ReturnType<ReturnType<District['client']['workflow']['getHandle']>['describe']> {
    return this.district.client.workflow.getHandle(this.workflowId).describe();
  }
}

function writeCase(
  district: District,
  application: Application,
  realm: Realm,
  { imported, policy }: OpenOptions,
): Promise<OpenedCase> {
  const { db, keys, cipher } = district;
  return writeNewCase(db, keys, cipher, {
    application,
    realm,
    actor: 'staff-1',
    role: imported ? 'supervisor' : 'clerk',
    actId: randomUUID(),
    now: Date.now(),
    ...(policy ? { policy } : {}),
    ...(imported
      ? {
          imported: {
            ...imported,
            actId: randomUUID(),
            actor: 'staff-2',
            acceptingVenueId: application.venueId,
            reason: `纸质案件转入${application.parties[0].name}`,
          },
        }
      : {}),
  });
}

async function startCase(
  { engine, db }: District,
  ref: CaseRef,
  application: Application,
  { start }: OpenedCase,
): Promise<void> {
  const { venueId, channel } = application;
  const street = seededVenues().find(({ id }) => id === venueId)?.street ?? '';
  await engine.start({ ...ref, start, venueId, street, channel });
  await markStarted(db, ref.caseNumber);
}
