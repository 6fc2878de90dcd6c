import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PART_NAMES, PartFailedError, type PartName } from './lib/part.ts';
import { PROJECT_DIR } from './lib/paths.ts';
import { withClient } from './lib/postgres.ts';
import { runScript } from './lib/script.ts';
import { startSystem, type System, type SystemEvent } from './lib/system.ts';
import { lastLines } from './lib/last-lines.ts';

/** `npm start`: the whole district in the foreground, until Ctrl-C. `--only postgres,temporal` starts some parts. */
await runScript(async () => {
  const began = performance.now();
  const stopAsked = stopRequests();
  const parts = chosenParts();
  let system: System;
  try {
    const interrupt = new AbortController();
    void stopAsked.then(() => interrupt.abort(new Error('Stopped before everything had started.')));
    system = await startSystem({ onEvent: report, signal: interrupt.signal, ...(parts ? { parts } : {}) });
  } catch (error) {
    if (error instanceof PartFailedError) console.error(lastLines(error.logFile));
    throw error;
  }
  console.log(`\nReady after ${seconds(performance.now() - began)}.\n${overview(system)}`);
  try {
    const seeding = new AbortController();
    void stopAsked.then(() => seeding.abort());
    await seedDemo(system, seeding.signal);
    await stopAsked;
  } finally {
    console.log('\nStopping …');
    await system.stop();
    console.log('Everything is stopped. The data is kept; npm start continues where it was.');
  }
});

function chosenParts(): PartName[] | undefined {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return undefined;
  return values.only.split(',').map((name) => {
    const part = PART_NAMES.find((known) => known === name);
    if (!part) throw new Error(`--only takes parts separated by commas: ${PART_NAMES.join(', ')}`);
    return part;
  });
}

/** Resolves at Ctrl-C, SIGTERM, or when the npm that started us is gone. A second Ctrl-C changes nothing: stopping is under way. */
function stopRequests(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 1_000).unref();
  });
}

function report(event: SystemEvent): void {
  switch (event.kind) {
    case 'ready':
      console.log(`  ${event.part} is ready (${seconds(event.ms)})`);
      break;
    case 'done':
      console.log(`  ${event.step}: ${event.detail ?? 'up to date'} (${seconds(event.ms)})`);
      break;
    case 'crashed':
      console.error(
        `  ${event.part}: ${event.why}; starting it again in ${seconds(event.retryInMs)} (log: ${event.log})`,
      );
      break;
    case 'started':
    case 'ended':
      break;
  }
}

function overview({ parts, addresses, config }: System): string {
  const rows: [PartName, string, string][] = [
    ['api', 'API', `${addresses.apiUrl}/api/v1`],
    ['api', 'API documentation', `${addresses.apiUrl}/docs`],
    ['temporal-ui', 'Temporal Web UI', `${addresses.temporalUiUrl}/namespaces/${config.temporal.namespace}`],
    ['simulators', 'Sent SMS and e-mail', addresses.simulatorsUrl],
    ['temporal', 'Temporal server', addresses.temporalAddress],
    ['postgres', 'PostgreSQL', `127.0.0.1:${config.database.port}`],
  ];
  const lines = rows
    .filter(([part]) => parts.includes(part))
    .map(([, title, where]) => `  ${title.padEnd(20)} ${where}`);
  const token = config.oidc.embedded ? ['  Token                npm run -s token -- clerk'] : [];
  return [
    ...lines,
    ...token,
    `  Logs                 ${join(config.dataDir, 'logs')}`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

/** Fills an empty demo district; Ctrl-C interrupts it. */
async function seedDemo({ config, parts, env }: System, signal: AbortSignal): Promise<void> {
  const file = join(PROJECT_DIR, 'scripts/seed-demo.ts');
  const possible =
    config.mode === 'demo' && config.demoCases > 0 && parts.includes('api') && parts.includes('worker');
  if (!possible || !existsSync(file) || (await hasCases(config.database.url))) return;
  console.log(`Making a demo district with ${config.demoCases} cases …`);
  const child = spawn(process.execPath, [file], {
    cwd: PROJECT_DIR,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0 && !signal.aborted)
    console.error('The demo district is incomplete; the system runs all the same.');
}

async function hasCases(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      'select exists (select from case_record) as found',
    );
    return rows[0]?.found === true;
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
