import type { GatewayChannel } from '../../domain/reminders/kinds.ts';

/** Tells those on duty that a gateway turns everything down until somebody mends our account or settings. */
export interface GatewayAlarm {
  refused(channel: GatewayChannel, code: string): Promise<void>;
  /** It has taken a message over. */
  works(channel: GatewayChannel): Promise<void>;
}
