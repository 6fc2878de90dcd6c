import { createServer } from 'node:http';
import { pino } from 'pino';
import { seedCalendars } from '../adapters/calendars/chinese-days.ts';
import { loadConfig } from '../config/config.ts';
import { refuseToStart } from '../config/refuse-to-start.ts';
import { seedCalendarYears } from '../prisma/queries/calendars.ts';
import { seededVenues, seedVenues } from '../prisma/venues.ts';
import { createApp } from './app.ts';
import { embeddedProvider } from './auth/embedded-provider.ts';
import { startSweeping } from './sweep.ts';
import { startWatchdog } from './watchdog.ts';
import { wire } from './wire.ts';

/** The API process: wiring, listening, stopping. */
const STOP_WITHIN_MS = 10_000;
const FIRST_CALENDAR_YEAR = 2007;
/** Periods touch two years, and one more is there when the year turns before anybody restarts. */
const YEARS_AHEAD = 3;

const config = loadConfig(process.env);
const log = pino({ level: config.logLevel, base: { part: 'api' } }, pino.destination(2));
const wired = await wire(config, log).catch(refuseToStart);
const { deps } = wired;
const today = new Date();
await seedVenues(deps.db);
await seedCalendarYears(
  deps.db,
  seedCalendars(FIRST_CALENDAR_YEAR, today.getUTCFullYear() + YEARS_AHEAD),
  today,
);

const { issuer, audience, embedded } = config.oidc;
const provider = embedded
  ? embeddedProvider({ ...embedded, issuer, audience, venueIds: seededVenues().map(({ id }) => id) })
  : undefined;
const app = createApp(deps, {
  provider: provider ? (request, response) => void provider.callback()(request, response) : undefined,
  tokenUrl: `${issuer}/token`,
  simulatorsUrl: config.mode === 'demo' ? config.simulators.url : undefined,
});
const server = createServer(
  { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 },
  app,
);
await new Promise<void>((resolve, reject) => {
  server.once('error', reject);
  server.listen(config.api.port, resolve);
});
const stopSweeping = startSweeping(deps);
const stopWatching = startWatchdog(deps);
console.log(JSON.stringify({ ready: true }));

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Requests under way are answered; a client that holds its connection open is not waited for.
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const tooLong = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearTimeout(tooLong);
  await stopSweeping();
  await stopWatching();
  await wired.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());
