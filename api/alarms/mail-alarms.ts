import { type AlarmOnRecord, claimUnmailed, giveBackUnmailed } from '../../prisma/alarms.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { ALARM_TEXTS } from '../texts/alarm-texts.ts';

/** Tells those on duty of each standing alarm once, whoever raised it. A mail that does not leave is tried again. */
export async function mailAlarms({
  db,
  log,
  now,
  settings,
  alarmMail,
}: Pick<ApiDependencies, 'db' | 'log' | 'now' | 'settings' | 'alarmMail'>): Promise<void> {
  if (!alarmMail) return;
  for (const alarm of await claimUnmailed(db, now())) {
    try {
      await alarmMail.mailer.send({ to: alarmMail.to, ...mailOf(alarm, settings.publicUrl) });
    } catch (error) {
      await giveBackUnmailed(db, alarm);
      log.warn(
        { code: alarm.code, reason: error instanceof Error ? error.name : 'unknown' },
        'alarm could not be mailed yet',
      );
    }
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
