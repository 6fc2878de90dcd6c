/**
 * Records the engine's history of every procedure path, for the present version of the package:
 *
 *   node tests/replay/record.ts            all paths
 *   node tests/replay/record.ts imported   some of them
 *
 * Run it once for each release, and commit what it writes to `histories/<version>/`. Until that version is released
 * it may be recorded again; afterwards its histories stay as they are.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseNumber } from '../../domain/numbers.ts';
import { DISTRICT_POLICY } from '../../domain/reminders/district-policy.fixture.ts';
import { freeEnvironment } from '../../scripts/lib/free-environment.ts';
import { PROJECT_DIR } from '../../scripts/lib/paths.ts';
import { startSystem } from '../../scripts/lib/system.ts';
import { CaseDriver } from '../support/cases/case-driver.ts';
import { type District, openDistrict } from '../support/cases/district.ts';
import { eventually } from '../support/cases/eventually.ts';
import { openingOf, PATHS, type PathName, type PathSpec } from './paths.ts';
import { currentVersion, HISTORIES, replayMasterKey, toReadable } from './saved.ts';

const AT_ONCE = 4;
const CONTINUED = 'continued-as-new';
/** So that one case needs only some acts for a fresh history. */
const FEW_EVENTS = 60;
const CONFIG_POLLED_EVERY_MS = 60_000;

const chosen = process.argv.slice(2);
const wanted = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
const folder = join(HISTORIES, currentVersion);
mkdirSync(folder, { recursive: true });

// What the worker runs must be the code as it stands.
execFileSync(process.execPath, [join(PROJECT_DIR, 'scripts/build-workflows.ts')], { stdio: 'inherit' });
const env = await freeEnvironment();
const system = await startSystem({
  env: { ...env, HELI_MASTER_KEY: replayMasterKey },
  parts: ['postgres', 'temporal', 'simulators', 'worker'],
});
const district = await openDistrict(system.env);
try {
  const waiting = (Object.keys(PATHS) as PathName[]).filter(wanted);
  const recorder = async (): Promise<void> => {
    for (let name = waiting.shift(); name; name = waiting.shift()) await record(name, PATHS[name]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, recorder));
  if (wanted(CONTINUED)) await recordContinued();
} catch (error) {
  // Told before anything is closed: what still waits for the engine then fails too.
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
} finally {
  await district.close();
  await system.stop();
  rmSync(env.HELI_DATA, { recursive: true, force: true });
}
say(`${String(readdirSync(folder).length)} histories of version ${currentVersion}`);

async function record(name: string, spec: PathSpec): Promise<void> {
  const theCase = await CaseDriver.open(district, openingOf(spec, district));
  await spec.live(theCase);
  const { client } = of(theCase);
  if (theCase.ref.realm === 'rehearsal') await client.workflow.getHandle(theCase.workflowId).result();
  await save(name, theCase, theCase.workflowId);
  for (const [beside, workflowId] of Object.entries(spec.beside?.(theCase) ?? {})) {
    await client.workflow.getHandle(workflowId).result();
    await save(`${name}.${beside}`, theCase, workflowId);
  }
}

/** A case whose history is begun afresh while it waits; both runs are saved. */
async function recordContinued(): Promise<void> {
  const file = join(system.config.dataDir, 'temporal/dynamic-config.yaml');
  const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  config['limit.historyCount.suggestContinueAsNew'] = [{ value: FEW_EVENTS }];
  writeFileSync(file, JSON.stringify(config));
  say(`waiting for the engine to read its settings (${String(CONFIG_POLLED_EVERY_MS / 1000)} s)`);
  await new Promise((resolve) => setTimeout(resolve, CONFIG_POLLED_EVERY_MS + 2_000));
  const theCase = await CaseDriver.open(district, { policy: DISTRICT_POLICY });
  const handle = district.client.workflow.getHandle(theCase.workflowId);
  const firstRun = (await handle.describe()).runId;
  const begunAfresh = async (): Promise<boolean> => (await handle.describe()).runId !== firstRun;
  for (let acts = 0; acts < FEW_EVENTS && !(await begunAfresh()); acts += 1) {
    await theCase.act('correct', { fields: ['address'] });
  }
  if (!(await begunAfresh())) throw new Error('the engine suggested no fresh history');
  await theCase.act('submit', {});
  await theCase.toInstant((await theCase.now()) + 1_000);
  await save(`${CONTINUED}.first-run`, theCase, theCase.workflowId, firstRun);
  await save(`${CONTINUED}.next-run`, theCase, theCase.workflowId);
}

async function save(name: string, theCase: CaseDriver, workflowId: string, runId?: string): Promise<void> {
  const { client } = of(theCase);
  const history = await eventually(() => client.workflow.getHandle(workflowId, runId).fetchHistory());
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ workflowId, history: toReadable(history) })}\n`,
  );
  say(`${name}: ${String(history.events?.length ?? 0)} events`);
}

function of(theCase: CaseDriver): { client: District['client'] } {
  return { client: district.connection.clientFor(theCase.caseNumber as CaseNumber) };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
