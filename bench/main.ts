import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runScript } from '../scripts/lib/script.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { Couples } from './case/couples.ts';
import { openDistrict } from '../tests/support/cases/district.ts';
import { measureActLatency } from './measure/act-latency.ts';
import { measureBurst } from './measure/burst.ts';
import { measureOpenCases } from './measure/open-cases.ts';
import { measurePerCase, warmUp } from './measure/per-case.ts';
import { measureRecomputation } from './measure/recompute.ts';
import { measureSecondStart } from './measure/second-start.ts';
import { measureThroughput } from './measure/throughput.ts';
import { burstPage } from './report/burst.ts';
import type { BurstMeasured, Measured } from './report/figures.ts';
import { machineOf } from './report/machine.ts';
import { resultsPage } from './report/results.ts';
import { FULL, QUICK, type Sizes } from './sizes.ts';

/**
 * `npm run bench`: measures, and writes `bench/RESULTS.md`. `-- --quick` only tries it and prints the page;
 * `-- burst [--cases N]` measures nothing but many reminders at once and a calendar that moves their cases.
 */
await runScript(async () => {
  if (process.platform !== 'linux') throw new Error('The benchmark reads /proc, so it needs Linux.');
  const { sizes, burstOnly, command, announcement } = readArguments();
  console.log(announcement);
  if (burstOnly) {
    const burst = await withSystem((bench) => measureBurstOf(bench, new Couples(), sizes));
    burst.bench.removeData();
    console.log(`\n${burstPage(burst.measured)}`);
    return;
  }
  const { bench, measured } = await withSystem(async (started) => ({
    machine: await machineOf(started),
    figures: await measureAll(started, sizes),
  }));
  const secondStartMs = await step('npm start on the same data', () => measureSecondStart(bench.env));
  bench.removeData();
  const date = new Date().toISOString().slice(0, 10);
  const page = resultsPage(
    { date, machine: measured.machine, command },
    { ...measured.figures, secondStartMs },
  );
  console.log(`\n${page}`);
  if (sizes === QUICK) return;
  const filepath = join(import.meta.dirname, 'RESULTS.md');
  writeFileSync(filepath, await format(page, { ...(await resolveConfig(filepath)), filepath }));
});

interface Wanted {
  readonly sizes: Sizes;
  readonly burstOnly: boolean;
  readonly command: string;
  readonly announcement: string;
}

function readArguments(): Wanted {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, cases: { type: 'string' } },
    allowPositionals: true,
  });
  const burstOnly = positionals.includes('burst');
  if (positionals.some((each) => each !== 'burst') || (values.cases !== undefined && !burstOnly))
    throw new Error('Usage: npm run bench [-- --quick] or npm run bench -- burst [--cases N]');
  const usual = values.quick ? QUICK : FULL;
  const cases = values.cases === undefined ? usual.burst.cases : Number(values.cases);
  if (!Number.isInteger(cases) || cases < 10) throw new Error('--cases is a whole number, 10 or more');
  return {
    sizes: cases === usual.burst.cases ? usual : { ...usual, burst: { ...usual.burst, cases } },
    burstOnly,
    command: values.quick ? 'npm run bench -- --quick' : 'npm run bench',
    announcement: values.quick
      ? 'A quick try: a few minutes.'
      : 'About twenty minutes. Leave the machine alone meanwhile.',
  };
}

/** Starts a system for the measurement and stops it afterwards; the data of one that failed are kept. */
async function withSystem<T>(
  measure: (bench: BenchSystem) => Promise<T>,
): Promise<{ bench: BenchSystem; measured: T }> {
  const bench = await step('starting the system', () => startBenchSystem());
  try {
    return { bench, measured: await measure(bench) };
  } catch (error) {
    console.error(`The data and logs of the run are kept in ${bench.env['HELI_DATA'] ?? ''}`);
    throw error;
  } finally {
    await bench.stop();
  }
}

async function measureAll(bench: BenchSystem, sizes: Sizes): Promise<Omit<Measured, 'secondStartMs'>> {
  const couples = new Couples();
  const open = await step('open cases: bytes and idle CPU', () => measureOpenCases(bench, couples, sizes));
  await step('warming up', () => warmUp(bench, couples, sizes));
  const perCase = await step('cost of one life', () => measurePerCase(bench, couples, sizes));
  const latency = await step('act latency', () => measureActLatency(bench, couples, sizes));
  const throughput = await step('whole lives a second', () => measureThroughput(bench, couples, sizes));
  return { open, perCase, latency, throughput, ...(await measureBurstOf(bench, couples, sizes)) };
}

async function measureBurstOf(bench: BenchSystem, couples: Couples, sizes: Sizes): Promise<BurstMeasured> {
  const district = await openDistrict(bench.system.env);
  try {
    const burst = await step('reminders due at one minute', () =>
      measureBurst(bench, district, couples, sizes.burst),
    );
    const recomputation = await step('a calendar that moves their cases', () =>
      measureRecomputation(bench, district, burst.cases),
    );
    return { burst, recomputation };
  } finally {
    await district.close();
  }
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  process.stdout.write(`  ${title} …`);
  const result = await work();
  console.log(` ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return result;
}
