import { resolve } from 'node:path';
import { type DemoSecrets, demoSecrets, findDemoSecrets } from './secrets.ts';
import { CONFIG_ISSUE_EMPTY, ConfigError, type ConfigIssue, describeIssues } from './errors.ts';
import {
  type LogLevel,
  type Mode,
  REQUIRED_IN_PRODUCTION,
  type VariableName,
  type Variables,
  variablesSchema,
} from './variables.ts';

export { ConfigError } from './errors.ts';
export type { LogLevel, Mode } from './variables.ts';

/** Environment as a process gets it; unknown variables are ignored. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface DatabaseConfig {
  readonly url: string;
  /** Whether Heli runs PostgreSQL itself, in `<dataDir>/postgres` on `port`. */
  readonly managed: boolean;
  readonly port: number;
}

export interface TemporalConfig {
  readonly address: string;
  /** Whether Heli runs the Temporal server itself. */
  readonly managed: boolean;
  readonly port: number;
  /** First of the eight ports the server's services use among themselves. */
  readonly internalPort: number;
  readonly uiPort: number;
  /** Where supervisors find the Web UI. */
  readonly uiUrl: string;
  readonly serverBin: string | undefined;
  readonly retentionDays: number;
  readonly namespace: string;
  /** The only namespace where a case can be moved forward in time. */
  readonly rehearsalNamespace: string;
}

export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Present when the API is its own OpenID provider (demo without OIDC_ISSUER). */
  readonly embedded: EmbeddedProviderConfig | undefined;
}

export interface EmbeddedProviderConfig {
  /** Secret of every client `demo-<role>`. */
  readonly clientSecret: string;
  readonly cookieKey: string;
  /** Private JWK, ES256. */
  readonly signingKey: Readonly<Record<string, unknown>>;
}

export interface TwilioConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  readonly baseUrl: string;
}

export interface RegistersConfig {
  /** Origin and base path; `/registers/marriage/query` follows. */
  readonly marriageUrl: string;
  /** Origin and base path; `/registers/household/query` follows. */
  readonly householdUrl: string;
  /** Bearer token of this office. */
  readonly accessToken: string;
}

export interface SimulatorsConfig {
  readonly port: number;
  readonly smtpPort: number;
  readonly url: string;
}

export interface Config {
  readonly mode: Mode;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  readonly api: {
    readonly port: number;
    readonly publicUrl: string;
    /** Largest file that may be uploaded. */
    readonly uploadLimitBytes: number;
  };
  readonly database: DatabaseConfig;
  readonly temporal: TemporalConfig;
  readonly simulators: SimulatorsConfig;
  readonly oidc: OidcConfig;
  readonly twilio: TwilioConfig;
  readonly smtp: { readonly url: string; readonly from: string };
  /** Messages the gateways take in a second, over all workers. */
  readonly rates: { readonly sms: number; readonly email: number };
  /** Whether rehearsed cases send messages. */
  readonly rehearsalSends: boolean;
  /** The number a notice names for questions. */
  readonly enquiryPhone: string;
  /** Documents and archive volumes, encrypted. */
  readonly objectsDir: string;
  readonly registers: RegistersConfig;
  /** Key-store master key, 32 bytes. */
  readonly masterKey: Buffer;
  /** Reminder policies of the district; the file is read again when it changes. */
  readonly reminderPolicyFile: string;
  readonly demoCases: number;
  readonly reconciliation: {
    /** Minutes between quick runs. */
    readonly everyMinutes: number;
    /** `HH:MM` of the nightly deep run, Asia/Shanghai. */
    readonly deepAt: string;
    /** Cases a deep run asks each second. */
    readonly perSecond: number;
  };
  /** Who is told when something is wrong with the system itself. */
  readonly alarmEmail: string | undefined;
}

export const NAMESPACE = 'heli';
export const REHEARSAL_NAMESPACE = 'heli-rehearsal';
const PROJECT_DIR = resolve(import.meta.dirname, '..');
/** The model district, 深圳市光明区. */
const DEFAULT_REMINDER_POLICY = 'config/reminder-policies/440311.json';

/**
 * Reads the whole configuration from the environment. In demo mode missing
 * secrets come from `<HELI_DATA>/secrets.json`, which is made on first use.
 * An empty variable counts as not set.
 *
 * @throws {ConfigError} naming every wrong variable and what is expected of it; credentials are not shown.
 */
export function loadConfig(env: Environment): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variablesSchema.safeParse(set);
  const issues = parsed.success ? CONFIG_ISSUE_EMPTY : describeIssues(parsed.error, set);
  const missing = set['HELI_MODE'] === 'production' ? missingInProduction(set) : CONFIG_ISSUE_EMPTY;
  if (!parsed.success) throw new ConfigError([...issues, ...missing]);
  if (missing.length > 0) throw new ConfigError(missing);

  const variables = parsed.data;
  const dataDir = resolve(PROJECT_DIR, variables.HELI_DATA);
  if (variables.HELI_MODE === 'demo') return assemble(variables, dataDir, demoSecrets(dataDir));
  const borrowed = borrowedFromDemo(variables, findDemoSecrets(dataDir));
  if (borrowed.length > 0) throw new ConfigError(borrowed);
  return assemble(variables, dataDir, undefined);
}

function missingInProduction(set: Environment): ConfigIssue[] {
  return REQUIRED_IN_PRODUCTION.filter((name) => set[name] === undefined).map((name) => ({
    variable: name,
    problem: 'is not set',
    expected: 'a value of your own: production has no default for it',
  }));
}

function borrowedFromDemo(variables: Variables, demo: DemoSecrets | undefined): ConfigIssue[] {
  if (!demo) return [];
  const pairs: [VariableName, string][] = [
    ['HELI_MASTER_KEY', demo.masterKey],
    ['TWILIO_ACCOUNT_SID', demo.twilioAccountSid],
    ['TWILIO_AUTH_TOKEN', demo.twilioAuthToken],
    ['HELI_REGISTER_TOKEN', demo.registerToken],
  ];
  const issues = pairs.filter(([name, value]) => variables[name] === value).map(([name]) => name);
  if (variables.DATABASE_URL?.includes(demo.postgresPassword)) issues.push('DATABASE_URL');
  return issues.map((variable) => ({
    variable,
    problem: 'is the credential of the demo district in this data folder',
    expected: 'a credential of your own',
  }));
}

function assemble(variables: Variables, dataDir: string, demo: DemoSecrets | undefined): Config {
  const publicUrl = variables.HELI_PUBLIC_URL ?? `http://127.0.0.1:${variables.HELI_PORT}`;
  const simulators = `http://127.0.0.1:${variables.HELI_SIMULATORS_PORT}`;
  return {
    mode: variables.HELI_MODE,
    dataDir,
    logLevel: variables.HELI_LOG_LEVEL,
    api: {
      port: variables.HELI_PORT,
      publicUrl,
      uploadLimitBytes: variables.HELI_UPLOAD_LIMIT_MB * 1_000_000,
    },
    database: database(variables, demo),
    temporal: temporal(variables),
    simulators: { port: variables.HELI_SIMULATORS_PORT, smtpPort: variables.HELI_SMTP_PORT, url: simulators },
    oidc: oidc(variables, publicUrl, demo),
    twilio: {
      accountSid: variables.TWILIO_ACCOUNT_SID ?? demo?.twilioAccountSid ?? unset('TWILIO_ACCOUNT_SID'),
      authToken: variables.TWILIO_AUTH_TOKEN ?? demo?.twilioAuthToken ?? unset('TWILIO_AUTH_TOKEN'),
      from: variables.TWILIO_FROM ?? (demo ? '+10069000001' : unset('TWILIO_FROM')),
      baseUrl: variables.TWILIO_BASE_URL ?? (demo ? simulators : 'https://api.twilio.com'),
    },
    smtp: {
      url: variables.SMTP_URL ?? (demo ? `smtp://127.0.0.1:${variables.HELI_SMTP_PORT}` : unset('SMTP_URL')),
      from: variables.SMTP_FROM,
    },
    rates: { sms: variables.HELI_SMS_PER_SECOND, email: variables.HELI_MAIL_PER_SECOND },
    rehearsalSends:
      (variables.HELI_REHEARSAL_SENDS ?? (variables.HELI_MODE === 'demo' ? 'yes' : 'no')) === 'yes',
    enquiryPhone: variables.HELI_ENQUIRY_PHONE,
    objectsDir: resolve(dataDir, variables.HELI_OBJECTS ?? 'objects'),
    registers: {
      marriageUrl: variables.MARRIAGE_REGISTER_URL ?? (demo ? simulators : unset('MARRIAGE_REGISTER_URL')),
      householdUrl: variables.HOUSEHOLD_REGISTER_URL ?? (demo ? simulators : unset('HOUSEHOLD_REGISTER_URL')),
      accessToken: variables.HELI_REGISTER_TOKEN ?? demo?.registerToken ?? unset('HELI_REGISTER_TOKEN'),
    },
    masterKey: Buffer.from(
      variables.HELI_MASTER_KEY ?? demo?.masterKey ?? unset('HELI_MASTER_KEY'),
      'base64',
    ),
    reminderPolicyFile: resolve(PROJECT_DIR, variables.HELI_REMINDER_POLICY ?? DEFAULT_REMINDER_POLICY),
    demoCases: variables.HELI_DEMO_CASES,
    reconciliation: {
      everyMinutes: variables.HELI_RECONCILE_MINUTES,
      deepAt: variables.HELI_RECONCILE_DEEP_AT,
      perSecond: variables.HELI_RECONCILE_PER_SECOND,
    },
    alarmEmail: variables.HELI_ALARM_EMAIL,
  };
}

function database(variables: Variables, demo: DemoSecrets | undefined): DatabaseConfig {
  const port = variables.HELI_POSTGRES_PORT;
  if (variables.DATABASE_URL) return { url: variables.DATABASE_URL, managed: false, port };
  const password = demo?.postgresPassword ?? unset('DATABASE_URL');
  return { url: `postgresql://heli:${password}@127.0.0.1:${port}/heli`, managed: true, port };
}

function temporal(variables: Variables): TemporalConfig {
  return {
    address: variables.TEMPORAL_ADDRESS ?? `127.0.0.1:${variables.HELI_TEMPORAL_PORT}`,
    managed: variables.TEMPORAL_ADDRESS === undefined,
    port: variables.HELI_TEMPORAL_PORT,
    internalPort: variables.HELI_TEMPORAL_INTERNAL_PORT,
    uiPort: variables.TEMPORAL_UI_PORT,
    uiUrl: variables.TEMPORAL_UI_URL ?? `http://127.0.0.1:${variables.TEMPORAL_UI_PORT}`,
    serverBin: variables.TEMPORAL_SERVER_BIN,
    retentionDays: variables.HELI_TEMPORAL_RETENTION_DAYS,
    namespace: NAMESPACE,
    rehearsalNamespace: REHEARSAL_NAMESPACE,
  };
}

function oidc(variables: Variables, publicUrl: string, demo: DemoSecrets | undefined): OidcConfig {
  const audience = variables.OIDC_AUDIENCE;
  if (variables.OIDC_ISSUER) return { issuer: variables.OIDC_ISSUER, audience, embedded: undefined };
  if (!demo) return unset('OIDC_ISSUER');
  return {
    issuer: `${publicUrl}/oidc`,
    audience,
    embedded: {
      clientSecret: demo.oidcClientSecret,
      cookieKey: demo.oidcCookieKey,
      signingKey: demo.oidcSigningKey,
    },
  };
}

/** Guards what `missingInProduction` has already refused; reached only if the two lists disagree. */
function unset(variable: VariableName): never {
  throw new ConfigError([{ variable, problem: 'is not set', expected: 'a value' }]);
}
