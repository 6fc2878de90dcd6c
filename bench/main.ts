import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runScript } from '../scripts/lib/script.ts';
import { type BenchSystem, startBenchSystem } from './bench-system.ts';
import { Couples } from './case/couples.ts';
import { measureActLatency } from './measure/act-latency.ts';
import { measureOpenCases } from './measure/open-cases.ts';
import { measurePerCase, warmUp } from './measure/per-case.ts';
import { measureSecondStart } from './measure/second-start.ts';
import { measureThroughput } from './measure/throughput.ts';
import type { Measured } from './report/figures.ts';
import { machineOf } from './report/machine.ts';
import { resultsPage } from './report/results.ts';
import { FULL, QUICK, type Sizes } from './sizes.ts';

/** `npm run bench`: measures, and writes `bench/RESULTS.md`. `-- --quick` only tries it and prints the page. */
await runScript(async () => {
  if (process.platform !== 'linux') throw new Error('The benchmark reads /proc, so it needs Linux.');
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const sizes = values.quick ? QUICK : FULL;
  console.log(
    values.quick
      ? 'A quick try: about two minutes.'
      : 'About ten minutes. Leave the machine alone meanwhile.',
  );
  const bench = await step('starting the system', () => startBenchSystem());
  let machine: string[];
  let measured: Omit<Measured, 'secondStartMs'>;
  try {
    machine = await machineOf(bench);
    measured = await measureAll(bench, sizes);
  } catch (error) {
    await bench.stop();
    console.error(`The data and logs of the run are kept in ${bench.env['HELI_DATA'] ?? ''}`);
    throw error;
  }
  await bench.stop();
  const secondStartMs = await step('npm start on the same data', () => measureSecondStart(bench.env));
  bench.removeData();
  const command = values.quick ? 'npm run bench -- --quick' : 'npm run bench';
  const date = new Date().toISOString().slice(0, 10);
  const page = resultsPage({ date, machine, command }, { ...measured, secondStartMs });
  console.log(`\n${page}`);
  if (values.quick) return;
  const filepath = join(import.meta.dirname, 'RESULTS.md');
  writeFileSync(filepath, await format(page, { ...(await resolveConfig(filepath)), filepath }));
});

async function measureAll(bench: BenchSystem, sizes: Sizes): Promise<Omit<Measured, 'secondStartMs'>> {
  const couples = new Couples();
  const open = await step('open cases: bytes and idle CPU', () => measureOpenCases(bench, couples, sizes));
  await step('warming up', () => warmUp(bench, couples, sizes));
  const perCase = await step('cost of one life', () => measurePerCase(bench, couples, sizes));
  const latency = await step('act latency', () => measureActLatency(bench, couples, sizes));
  const throughput = await step('whole lives a second', () => measureThroughput(bench, couples, sizes));
  return { open, perCase, latency, throughput };
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  process.stdout.write(`  ${title} …`);
  const result = await work();
  console.log(` ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return result;
}
