import { type AlarmOnRecord, claimUnmailed, giveBackUnmailed } from '../../prisma/alarms.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { ALARM_TEXTS } from '../texts/alarm-texts.ts';
import { reasonOf } from '../reason-of.ts';

/** While the mail server is away it is asked after growing pauses, in ms. */
const FIRST_PAUSE_MS = 20_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

type Parts = Pick<ApiDependencies, 'db' | 'log' | 'now' | 'settings' | 'alarmMail'>;

/**
 * Makes what tells those on duty of each standing alarm once, whoever raised it; call it as often as you like. A mail
 * that does not leave is tried again, after a pause that doubles up to a quarter of an hour.
 */
export function alarmMailing(parts: Parts): () => Promise<void> {
  let pauseMs = 0;
  let pausedUntil = 0;
  return async () => {
    if (!parts.alarmMail || parts.now() < pausedUntil) return;
    const alarms = await claimUnmailed(parts.db, parts.now());
    let failed = 0;
    for (const alarm of alarms) if (!(await mailed(parts, alarm))) failed += 1;
    if (alarms.length === 0) return;
    pauseMs = failed === 0 ? 0 : Math.min(Math.max(2 * pauseMs, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    pausedUntil = parts.now() + pauseMs;
  };
}

async function mailed({ db, log, settings, alarmMail }: Parts, alarm: AlarmOnRecord): Promise<boolean> {
  try {
    await alarmMail?.mailer.send({ to: alarmMail.to, ...mailOf(alarm, settings.publicUrl) });
    return true;
  } catch (error) {
    await giveBackUnmailed(db, alarm);
    const reason = reasonOf(error);
    log.warn({ code: alarm.code, reason }, 'alarm could not be mailed yet');
    return false;
  }
}

function mailOf({ code, raisedAt, detail }: AlarmOnRecord, publicUrl: string) {
  const texts = ALARM_TEXTS[code];
  const since = new Date(raisedAt).toISOString();
  const lines = [
    texts['zh-Hans'],
    texts.en,
    '',
    `${code} ${since}`,
    JSON.stringify(detail),
    `${publicUrl}/api/v1/alarms`,
  ];
  return { subject: `Heli: ${code}`, text: lines.join('\n'), reference: `alarm-${code}-${raisedAt}` };
}
