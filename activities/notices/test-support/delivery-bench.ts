import { smtpMailer } from '../../../adapters/email/smtp-mailer.ts';
import { twilioGateway } from '../../../adapters/sms/twilio-gateway.ts';
import type { Application } from '../../../domain/application/application.ts';
import type { EpochMs } from '../../../domain/zoned-time.ts';
import { noticeStore } from '../../../prisma/notice-store.ts';
import type { Notice, NoticeAttempt, Prisma } from '../../../prisma/generated/client.ts';
import {
  application,
  openedCase,
  type TestDatabase,
  testDatabase,
} from '../../../prisma/test-support/database.ts';
import { type Control, controlOf } from '../../../simulators/control.ts';
import { type Launched, launchSimulators } from '../../../simulators/launch.ts';
import { confirmationCode } from '../confirmation-code.ts';
import { type DeliveryDependencies, type NoticeActivities, noticeActivities } from '../deliver-notices.ts';

/** Real gateways (simulated outside, real adapters) and a real outbox, with a clock the test moves. */
export interface DeliveryBench {
  readonly t: TestDatabase;
  readonly control: Control;
  /** Real time, as deliveries see it. */
  now: EpochMs;
  /** What was told to cases: case number, code, raised. */
  readonly told: [string, string, boolean][];
  /** Looks that were asked for: channel and instant. */
  readonly looks: [string, EpochMs][];
  /** Alarms of gateways, as they were raised and cleared. */
  readonly alarms: string[];
  /** A case with two parties whom nobody else shares a number or an address with. */
  openCase(options?: {
    readonly realm?: 'live' | 'rehearsal';
    readonly parties?: (parties: Application['parties']) => Application['parties'];
  }): Promise<OpenedCase>;
  order(
    caseNumber: string,
    party: 'a' | 'b',
    changes?: Partial<Prisma.NoticeUncheckedCreateInput>,
  ): Promise<string>;
  activities(changes?: Partial<DeliveryDependencies>): NoticeActivities;
  /** One batch of text messages, or of the channel given. */
  deliver(channel?: 'sms' | 'email', changes?: Partial<DeliveryDependencies>): Promise<void>;
  row(id: string): Promise<Notice>;
  attempts(id: string): Promise<NoticeAttempt[]>;
  close(): Promise<void>;
}

export interface OpenedCase {
  readonly caseNumber: string;
  readonly mobile: { readonly a: string; readonly b: string };
  readonly email: string;
}

/** Ten in the morning in Shanghai, a day on which nothing else happens. */
const MORNING = Date.parse('2026-11-27T02:00:00Z');
const PROPS = {
  today: '2026-11-27',
  stageSince: '2026-10-30',
  coolingOffLastDay: '2026-11-30',
  claimFirstWorkingDay: '2026-12-01',
  claimLastDay: '2026-12-30',
  provisional: false,
};

export async function openBench(): Promise<DeliveryBench> {
  const t = await testDatabase();
  const simulators = await launchSimulators();
  let running = 0;
  const bench: DeliveryBench = {
    t,
    control: controlOf(simulators.url),
    now: MORNING,
    told: [],
    looks: [],
    alarms: [],
    async openCase({ realm = 'live', parties = (same: Application['parties']) => same } = {}) {
      running += 1;
      const couple = inventedCouple(running);
      const caseNumber = await openedCase(t, { parties: parties(couple) }, realm);
      // The reminders of these tests speak of a cooling-off period.
      await t.db.caseRecord.update({
        where: { caseNumber },
        data: { stage: 'cooling-off', deadlineVersion: 1 },
      });
      const [a, b] = parties(couple);
      return { caseNumber, mobile: { a: a.mobile, b: b.mobile }, email: a.email ?? '' };
    },
    async order(caseNumber, party, changes = {}) {
      const kind = changes.kind ?? 'cooling-off-ending';
      const id = changes.id ?? `${caseNumber}/${party}/${kind}/v1/-3`;
      const at = new Date(bench.now);
      const data = {
        id,
        caseNumber,
        party,
        kind,
        deadlineVersion: 1,
        offsetDays: -3,
        state: 'queued',
        dueAt: at,
      };
      await t.db.notice.create({
        data: { ...data, channels: ['sms', 'email'], channel: 'sms', sendAt: at, props: PROPS, ...changes },
      });
      return id;
    },
    activities: (changes = {}) => noticeActivities({ ...dependenciesOf(bench, simulators), ...changes }),
    deliver: (channel = 'sms', changes = {}) => bench.activities(changes).deliverDue({ channel }),
    row: (id) => t.db.notice.findUniqueOrThrow({ where: { id } }),
    attempts: (id) => t.db.noticeAttempt.findMany({ where: { noticeId: id }, orderBy: { n: 'asc' } }),
    async close() {
      await t.drop();
      await simulators.stop();
    },
  };
  return bench;
}

function inventedCouple(running: number): Application['parties'] {
  const [a, b] = application().parties;
  const number = (party: number) => `100${String(running * 2 + party).padStart(8, '0')}`;
  return [
    { ...a, mobile: number(0), email: `party-${running}@heli.example` },
    { ...b, mobile: number(1) },
  ];
}

function dependenciesOf(bench: DeliveryBench, simulators: Launched): DeliveryDependencies {
  const { url: baseUrl, accountSid, authToken, smtpPort: port } = simulators;
  const from = '+15005550006';
  return {
    store: noticeStore(bench.t.db, bench.t.cipher),
    sms: twilioGateway({
      accountSid,
      authToken,
      baseUrl,
      from,
      publicUrl: 'http://127.0.0.1:9',
      timeoutMs: 700,
    }),
    mailer: smtpMailer({
      host: '127.0.0.1',
      port,
      from: '光明区婚姻登记处 <notice@heli.example>',
      timeoutMs: 700,
    }),
    signals: {
      attention: (caseNumber, code, raised) =>
        Promise.resolve(void bench.told.push([caseNumber, code, raised])),
    },
    deliveries: {
      due: (channels, at) => {
        for (const channel of channels) bench.looks.push([channel, at]);
        return Promise.resolve();
      },
      more: (channel, batches) => Promise.resolve(void bench.looks.push([`${channel}+`, batches])),
    },
    alarm: {
      refused: (channel, code) => Promise.resolve(void bench.alarms.push(`${channel} ${code}`)),
      works: (channel) => Promise.resolve(void bench.alarms.push(`${channel} works`)),
    },
    rates: { sms: 1_000, email: 1_000 },
    house: { enquiryPhone: '12345' },
    rehearsalSends: true,
    codeOf: (changeId) => confirmationCode(bench.t.keys, changeId),
    now: () => bench.now,
    attempt: () => 1,
    alive: () => undefined,
  };
}
