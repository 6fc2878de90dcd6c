import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Launched {
  /** Origin of everything that speaks HTTP. */
  readonly url: string;
  readonly smtpPort: number;
  readonly accountSid: string;
  readonly authToken: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts the simulators as a process of their own on free ports; they end with this one.
 * For tests and rehearsals; production never runs them.
 */
export async function launchSimulators(
  environment: Readonly<Record<string, string>> = {},
): Promise<Launched> {
  const account = { TWILIO_ACCOUNT_SID: 'ACsimulator', TWILIO_AUTH_TOKEN: 'simulator-token', ...environment };
  const child = fork(join(import.meta.dirname, 'main.ts'), [], {
    env: { PATH: process.env['PATH'], HELI_SIMULATORS_PORT: '0', HELI_SMTP_PORT: '0', ...account },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const started = new AbortController();
  const [told] = (await Promise.race([
    once(child, 'message', { signal: started.signal }),
    once(child, 'exit', { signal: started.signal }).then(([code]) => {
      throw new Error(`the simulators ended at once (${String(code)})`);
    }),
  ])) as [{ port: number; smtpPort: number }];
  started.abort();
  return {
    url: `http://127.0.0.1:${told.port}`,
    smtpPort: told.smtpPort,
    accountSid: account.TWILIO_ACCOUNT_SID,
    authToken: account.TWILIO_AUTH_TOKEN,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
