/** Every kind of notice a party can get from a case. */
export const NOTICE_KINDS = [
  'draft-lapsing',
  'material-missing',
  'pre-check-passed',
  'appointment',
  'cooling-off-ending',
  'window-open',
  'window-closing',
  'dates-changed',
  'withdrawn',
  'status-changed',
  'deemed-withdrawn',
  'registered',
  'archive-copy',
  'rating-invitation',
  'number-confirmation',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The kinds that follow from the legal clock alone; the others follow an act, an appointment or a lapse. */
export const CLOCK_NOTICE_KINDS = ['cooling-off-ending', 'window-open', 'window-closing'] as const;

/** The kinds that follow the archive: a volume is sealed without waiting for them. */
export const AFTER_ARCHIVE_KINDS = [
  'archive-copy',
  'rating-invitation',
] as const satisfies readonly NoticeKind[];

/** How a notice reaches a party: `call` puts it on the list of people whom staff ring up. */
export const CHANNELS = ['sms', 'email', 'call'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Channels on which a gateway sends by itself. */
export const GATEWAY_CHANNELS = ['sms', 'email'] as const satisfies readonly Channel[];
export type GatewayChannel = (typeof GATEWAY_CHANNELS)[number];

/** Urgent notices leave before routine ones when the gateway's rate is short. */
export const URGENCIES = ['urgent', 'routine'] as const;
export type Urgency = (typeof URGENCIES)[number];
