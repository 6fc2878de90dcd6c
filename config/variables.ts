import { z } from 'zod';

/** Whether the process serves a demonstration district or real people. */
export const MODES = ['demo', 'production'] as const;
export type Mode = (typeof MODES)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Length of the key-store master key, in bytes. */
export const MASTER_KEY_BYTES = 32;

const wholeNumber = (least: number, most: number, expected: string) =>
  z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected);

const port = () => wholeNumber(1, 65_535, 'a port number from 1 to 65535');

const urlOf = (schemes: readonly string[], example: string) => {
  const expected = `a URL such as ${example}`;
  return z
    .string()
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), expected);
};

const web = (example: string) =>
  urlOf(['http', 'https'], example).transform((text) => text.replace(/\/+$/, ''));
const text = (expected: string) => z.string().refine((value) => value.trim() !== '', expected);

/**
 * Every variable Heli reads, with what is expected of it. A message here is
 * worded to follow "expected"; defaults that depend on other variables are in
 * `config.ts`.
 */
export const variablesSchema = z.object({
  HELI_MODE: z.enum(MODES, 'one of demo, production').default('demo'),
  HELI_DATA: text('a folder').default('.data'),
  HELI_LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  HELI_PORT: port().default(8080),
  HELI_PUBLIC_URL: web('https://heli.example.org').optional(),
  HELI_POSTGRES_PORT: port().default(54_320),
  HELI_TEMPORAL_PORT: port().default(7233),
  HELI_TEMPORAL_INTERNAL_PORT: wholeNumber(
    1,
    // The engine keeps these in a column of 16 bits with a sign.
    32_760,
    'the first of eight free ports in a row, from 1 to 32760',
  ).default(7340),
  HELI_TEMPORAL_RETENTION_DAYS: wholeNumber(1, 365, 'a number of days from 1 to 365').default(7),
  HELI_SIMULATORS_PORT: port().default(8090),
  HELI_SMTP_PORT: port().default(2525),
  HELI_UPLOAD_LIMIT_MB: wholeNumber(1, 200, 'a number of megabytes from 1 to 200').default(20),
  HELI_DEMO_CASES: wholeNumber(0, 100_000, 'a number of cases from 0 to 100000').default(60),
  HELI_MASTER_KEY: z
    .string()
    .refine(
      (key) => Buffer.from(key, 'base64').length === MASTER_KEY_BYTES,
      `${MASTER_KEY_BYTES} bytes in base64 (openssl rand -base64 ${MASTER_KEY_BYTES})`,
    )
    .optional(),
  DATABASE_URL: urlOf(['postgres', 'postgresql'], 'postgresql://user:password@host:5432/heli').optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, 'host:port, such as temporal.example.org:7233')
    .optional(),
  TEMPORAL_SERVER_BIN: text('the temporal-server program, or the folder it is in').optional(),
  TEMPORAL_UI_PORT: port().default(8233),
  TEMPORAL_UI_URL: web('https://temporal.example.org').optional(),
  OIDC_ISSUER: web('https://login.example.org').optional(),
  OIDC_AUDIENCE: text('the audience that access tokens must carry').default('heli-api'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-f]{32}$/, 'a Twilio account SID: AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: text('the Twilio auth token').optional(),
  TWILIO_FROM: z
    .string()
    .regex(
      /^(\+[1-9]\d{4,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/,
      'a sender: +number, sender name or MG… service SID',
    )
    .optional(),
  TWILIO_BASE_URL: web('https://api.twilio.com').optional(),
  SMTP_URL: urlOf(['smtp', 'smtps'], 'smtps://user:password@mail.example.org:465').optional(),
  SMTP_FROM: text('the sender of e-mails, such as notice@example.gov.cn').default('notice@heli.test'),
  HELI_ENQUIRY_PHONE: text('the telephone number notices name for questions').default('12345'),
  HELI_SMS_PER_SECOND: wholeNumber(1, 1000, 'a number of messages from 1 to 1000').default(20),
  HELI_MAIL_PER_SECOND: wholeNumber(1, 1000, 'a number of e-mails from 1 to 1000').default(10),
  HELI_REHEARSAL_SENDS: z.enum(['yes', 'no'], 'yes or no').optional(),
  HELI_RECONCILE_MINUTES: wholeNumber(1, 60, 'a number of minutes from 1 to 60').default(10),
  HELI_RECONCILE_DEEP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in Shanghai, such as 03:30')
    .default('03:30'),
  HELI_RECONCILE_PER_SECOND: wholeNumber(1, 1000, 'a number of cases from 1 to 1000').default(20),
  HELI_ALARM_EMAIL: z.email('an e-mail address').optional(),
  HELI_REMINDER_POLICY: text('the file with the reminder policies of the district').optional(),
  HELI_OBJECTS: text('a folder for documents and archive volumes').optional(),
  MARRIAGE_REGISTER_URL: web('https://registers.example.org').optional(),
  HOUSEHOLD_REGISTER_URL: web('https://registers.example.org').optional(),
  HELI_REGISTER_TOKEN: text('the bearer token the registers gave this office').optional(),
});

export type Variables = z.output<typeof variablesSchema>;
export type VariableName = keyof Variables;

/** Values that may hold a credential: an error may name them but not show them. */
export const SECRET_VARIABLES = [
  'HELI_MASTER_KEY',
  'DATABASE_URL',
  'TWILIO_AUTH_TOKEN',
  'SMTP_URL',
  'HELI_REGISTER_TOKEN',
] as const satisfies readonly VariableName[];

/** What has no default outside the demonstration district. */
export const REQUIRED_IN_PRODUCTION = [
  'HELI_MASTER_KEY',
  'DATABASE_URL',
  'HELI_PUBLIC_URL',
  'OIDC_ISSUER',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'SMTP_URL',
  'MARRIAGE_REGISTER_URL',
  'HOUSEHOLD_REGISTER_URL',
  'HELI_REGISTER_TOKEN',
] as const satisfies readonly VariableName[];
