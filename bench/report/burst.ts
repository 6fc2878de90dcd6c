import { CASE_PROCESSES, type BurstMeasured } from './figures.ts';
import { PROCESS_TITLES, table, targetTable } from './table.ts';
import { burstTargets, round } from './targets.ts';

/** What `npm run bench -- burst` prints. */
export function burstPage(measured: BurstMeasured): string {
  return [targetTable(burstTargets(measured)), ...burstSections(measured), ''].join('\n');
}

/** The sections of the reminders due at one minute and of the recomputation. */
export function burstSections({ burst, recomputation }: BurstMeasured): string[] {
  const { ordering, delivering, notices, memory } = burst;
  const whole = (value: number): string => value.toLocaleString('en');
  return [
    '',
    `## ${whole(notices)} reminders due at one minute`,
    '',
    table(
      ['', ''],
      [
        ['Cases', whole(burst.cases.length)],
        ['Allowed by the gateway, messages a second', String(burst.allowedPerSecond)],
        ['Handed over a second, from their minute to the last', round(burst.handedOverPerSecond)],
        ['The last one handed over, seconds after they fell due', round(burst.lastAfterSeconds)],
        ['Refused by the gateway for coming too fast', whole(burst.refused)],
        ['Numbers that got more than one', whole(burst.twice)],
        ['Numbers that got none', whole(burst.missing)],
        [
          'Memory of the worker at 10 %, 50 % and 100 %, and the most, MB',
          [memory.atTenth, memory.atHalf, memory.atEnd, memory.most].map((mb) => mb.toFixed(0)).join(', '),
        ],
      ],
    ),
    '',
    table(
      ['CPU a notice, ms', 'ordering it, before it is due', 'from its hour until it is proven delivered'],
      [...CASE_PROCESSES, 'simulators' as const].map((name) => [
        PROCESS_TITLES[name],
        (ordering.cpuMs[name] / notices).toFixed(2),
        (delivering.cpuMs[name] / notices).toFixed(2),
      ]),
    ),
    '',
    `Cases joined at ${round(burst.joinsPerSecond)} a second, by row and workflow without the request over REST.`,
    '',
    `## A calendar that moves ${whole(recomputation.cases)} open cases`,
    '',
    table(
      ['', ''],
      [
        ['From the approval until all had changed, seconds', round(recomputation.seconds)],
        ['Cases a second', round(recomputation.casesPerSecond)],
        ['The worker was killed in the middle and away for, ms', round(recomputation.workerAwayMs)],
        ['Cases that changed otherwise than once', whole(recomputation.notOnce)],
        ['Different counts seen on the way', whole(recomputation.progressSeen)],
      ],
    ),
  ];
}
