import { loadConfig } from '../config/config.ts';
import { STAGES } from '../domain/case/vocabulary.ts';
import { runScript } from './lib/script.ts';
import { findState } from './lib/state-file.ts';
import { demoTokens } from './seed-demo/demo-token.ts';
import { type DistrictReport, makeDistrict } from './seed-demo/district.ts';
import { RestClient } from './seed-demo/rest-client.ts';
import { loadScenarios, planDistrict } from './seed-demo/scenario.ts';

/**
 * Fills the demonstration district of a running system with HELI_DEMO_CASES invented cases at every stage, over its
 * REST API alone. A second run changes nothing; an interrupted one is taken up where it ended.
 */
await runScript(async () => {
  const config = loadConfig(process.env);
  if (!config.oidc.embedded || config.mode !== 'demo') {
    throw new Error(
      'Only a demonstration district with its embedded OpenID provider is filled with invented cases.',
    );
  }
  const apiUrl = findState(config.dataDir)?.apiUrl ?? config.api.publicUrl;
  const client = new RestClient({ apiUrl, tokenFor: demoTokens(apiUrl, config.oidc.embedded.clientSecret) });
  const plan = planDistrict(loadScenarios(), config.demoCases);
  const began = performance.now();
  const report = await makeDistrict(client, plan, Date.now(), progressLine(plan.length));
  if (report.already) {
    console.log('The demo district is there already.');
    return;
  }
  console.log(summary(report, (performance.now() - began) / 1000));
  for (const failure of report.failures) console.error(`  ${failure}`);
  if (report.failures.length > 0)
    throw new Error('The demo district is incomplete; run this again to go on.');
});

/** One line that grows on a terminal, or a line every quarter in a log. */
function progressLine(total: number): (done: number) => void {
  const stride = Math.max(1, Math.ceil(total / 4));
  return (done) => {
    if (process.stdout.isTTY)
      process.stdout.write(`\r  ${done} of ${total} cases${done === total ? '\n' : ''}`);
    else if (done % stride === 0 || done === total) console.log(`  ${done} of ${total} cases`);
  };
}

function summary({ played }: DistrictReport, seconds: number): string {
  const stages = STAGES.map(
    (stage) => [played.filter((each) => each.stage === stage).length, stage] as const,
  );
  const waiting = played.flatMap(({ waitsFor }) => (waitsFor ? [waitsFor] : []));
  const reasons = [...new Set(waiting)].map(
    (code) => `${waiting.filter((each) => each === code).length} ${code}`,
  );
  return [
    `Demo district: ${stages
      .filter(([count]) => count > 0)
      .map(([count, stage]) => `${count} ${stage}`)
      .join(', ')} (${seconds.toFixed(0)} s).`,
    ...(waiting.length > 0
      ? [`  Acts the law does not allow today were left undone, and their cases wait: ${reasons.join(', ')}.`]
      : []),
    '  Ended cases are archived as soon as their last notice is out: between 08:30 and 20:00 in Shanghai.',
  ].join('\n');
}
