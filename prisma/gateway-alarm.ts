import type { GatewayAlarm } from '../activities/notices/gateway-alarm.ts';
import type { GatewayChannel } from '../domain/reminders/kinds.ts';
import type { EpochMs } from '../domain/zoned-time.ts';
import { raiseAlarm } from './alarms.ts';
import type { Database } from './database.ts';

/** Another process may have raised it; so a gateway that works looks for it this often. */
const LOOK_EVERY_MS = 60_000;

/** `GATEWAY_REFUSED`, raised by the channel that is refused and cleared by the same one when it works again. */
export function gatewayAlarm(db: Database, now: () => EpochMs): GatewayAlarm {
  const looked = new Map<GatewayChannel, EpochMs>();
  return {
    async refused(channel, code) {
      looked.delete(channel);
      await raiseAlarm(db, 'GATEWAY_REFUSED', { channel, code }, now());
    },
    async works(channel) {
      if (now() - (looked.get(channel) ?? -Infinity) < LOOK_EVERY_MS) return;
      looked.set(channel, now());
      await db.$executeRaw`
        UPDATE alarm SET cleared_at = ${new Date(now())}
        WHERE code = 'GATEWAY_REFUSED' AND cleared_at IS NULL AND detail ->> 'channel' = ${channel}`;
    },
  };
}
