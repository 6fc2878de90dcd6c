import { Context } from '@temporalio/activity';
import { confirmationCode } from '../activities/notices/confirmation-code.ts';
import { type NoticeActivities, noticeActivities } from '../activities/notices/deliver-notices.ts';
import type { Successors } from '../activities/notices/delivery-port.ts';
import type { CaseSignals } from '../activities/case-signals.ts';
import { gatewayAlarm } from '../prisma/gateway-alarm.ts';
import { noticeStore } from '../prisma/notice-store.ts';
import type { Outside } from './outside.ts';

/** What sends notices, wired. One for the whole process: it keeps the pace of its gateways. */
export function deliveryActivities(
  { db, cipher, keys, sms, mailer, config }: Outside,
  deliveries: Successors,
  signals: CaseSignals,
): NoticeActivities {
  return noticeActivities({
    store: noticeStore(db, cipher),
    sms,
    mailer,
    signals,
    deliveries,
    alarm: gatewayAlarm(db, Date.now),
    rates: config.rates,
    house: { enquiryPhone: config.enquiryPhone },
    rehearsalSends: config.rehearsalSends,
    codeOf: (changeId) => confirmationCode(keys, changeId),
    now: Date.now,
    attempt: () => Context.current().info.attempt,
    alive: () => Context.current().heartbeat(),
  });
}
