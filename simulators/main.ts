import { serve } from './serve.ts';
import { readSettings } from './settings.ts';

/**
 * The outside world in one process: Twilio's REST API, an SMTP server, the marriage and the household
 * register. Prints `{"ready":true}` when both ports are open; a parent with a message channel is told them.
 */
try {
  const running = await serve(readSettings(process.env));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  console.log(JSON.stringify({ ready: true }));
  process.send?.({ ready: true, port: running.port, smtpPort: running.smtpPort });
} catch (error) {
  console.error(`simulators: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
