/** Every kind of notice a party can get from a case. */
export const NOTICE_KINDS = [
  'material-missing',
  'pre-check-passed',
  'appointment',
  'cooling-off-ending',
  'window-open',
  'window-closing',
  'withdrawn',
  'deemed-withdrawn',
  'registered',
  'rating-invitation',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The kinds that follow from the legal clock alone; the others follow an act or an appointment. */
export const CLOCK_NOTICE_KINDS = ['cooling-off-ending', 'window-open', 'window-closing'] as const;
export type ClockNoticeKind = (typeof CLOCK_NOTICE_KINDS)[number];

export const CHANNELS = ['sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];
