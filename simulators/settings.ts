export interface Settings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly smtpPort: number;
  readonly accountSid: string;
  readonly authToken: string;
  /** Where what was received is kept over restarts; undefined keeps it in memory only. */
  readonly stateDirectory: string | undefined;
  /** What the registers ask for; undefined lets everybody in. */
  readonly registerToken: string | undefined;
  /** Messages a second the Twilio account may send; undefined sets no limit. */
  readonly smsPerSecond: number | undefined;
}

/** @throws Error naming the variable that is missing or wrong, and what is expected. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  return {
    host: environment['HELI_SIMULATORS_HOST'] || '127.0.0.1',
    port: port(environment, 'HELI_SIMULATORS_PORT'),
    smtpPort: port(environment, 'HELI_SMTP_PORT'),
    accountSid: required(environment, 'TWILIO_ACCOUNT_SID', /^AC\w+$/, 'AC followed by letters and digits'),
    authToken: required(environment, 'TWILIO_AUTH_TOKEN', /^\S+$/, 'a token without spaces'),
    stateDirectory: environment['HELI_SIMULATORS_STATE'] || undefined,
    registerToken: environment['HELI_REGISTER_TOKEN'] || undefined,
    smsPerSecond: environment['HELI_SIMULATORS_SMS_PER_SECOND']
      ? Number(required(environment, 'HELI_SIMULATORS_SMS_PER_SECOND', /^[1-9]\d*$/, 'a number, 1 or more'))
      : undefined,
  };
}

function port(environment: Readonly<Record<string, string | undefined>>, name: string): number {
  const value = required(environment, name, /^\d{1,5}$/, 'a port number, 0 for any');
  if (Number(value) > 65_535) throw new Error(`${name} must be at most 65535`);
  return Number(value);
}

function required(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  shape: RegExp,
  expected: string,
): string {
  const value = environment[name];
  if (value === undefined || !shape.test(value)) throw new Error(`${name} must be ${expected}`);
  return value;
}
