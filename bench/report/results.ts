import type { ProcessName } from '../bench-system.ts';
import { IN_FLIGHT } from '../measure/throughput.ts';
import { BARE_PROCESSES, CASE_PROCESSES, type Figures, figuresOf, type Measured } from './figures.ts';
import { burstSections } from './burst.ts';
import { PROCESS_TITLES, table, targetTable } from './table.ts';
import { round, targetsOf } from './targets.ts';

export interface ResultsHead {
  readonly date: string;
  readonly machine: readonly string[];
  readonly command: string;
}

/** `bench/RESULTS.md`. */
export function resultsPage(head: ResultsHead, measured: Measured): string {
  const figures = figuresOf(measured);
  return [
    '# Benchmark results',
    '',
    `Written by \`${head.command}\` on ${head.date}. How it is measured and how to read it: [README.md](README.md).`,
    '',
    ...head.machine.map((line) => `- ${line}`),
    '',
    '## Targets',
    '',
    targetTable(targetsOf(measured, figures)),
    ...perCase(measured, figures),
    ...speed(measured),
    ...openCases(measured, figures),
    ...burstSections(measured),
    '',
  ].join('\n');
}

function perCase({ perCase: { history, bareHistory, pieces } }: Measured, f: Figures): string[] {
  const cpuRow = (name: ProcessName): string[] => [
    PROCESS_TITLES[name],
    CASE_PROCESSES.some((each) => each === name) || name === 'simulators' ? round(f.caseCpu[name]) : '',
    CASE_PROCESSES.some((each) => each === name) || name === 'simulators' ? round(f.moveCpu[name]) : '',
    BARE_PROCESSES.some((each) => each === name) ? round(f.bareCpu[name]) : '',
  ];
  const total = (counts: Figures['statements']) => counts.heli + counts.engine + counts.visibility;
  const statementRow = (title: string, count: (of: Figures['statements']) => number): string[] => [
    title,
    round(count(f.statements)),
    round(count(f.moveStatements)),
    round(count(f.bareStatements)),
  ];
  return [
    '',
    `## One life (mean of ${pieces})`,
    '',
    table(
      ['', 'standard case', 'of which moving it in time', 'bare workflow'],
      [
        ...(['worker', 'api', 'bareWorker', 'caller', 'temporal', 'postgres'] as const).map(cpuRow),
        ['**CPU, ms**', `**${round(f.caseMs)}**`, `**${round(f.moveMs)}**`, `**${round(f.bareMs)}**`],
        [
          'beside the bare workflow',
          `${f.cpuRatio.toFixed(2)}×`,
          `without: ${f.cpuRatioUnmoved.toFixed(2)}×`,
          '1×',
        ],
        cpuRow('simulators'),
        statementRow("SQL statements: Heli's database", (of) => of.heli),
        statementRow("SQL statements: engine's database", (of) => of.engine),
        statementRow('SQL statements: visibility', (of) => of.visibility),
        statementRow('**SQL statements**', total),
        [
          'History events',
          String(history.events),
          String(history.events - history.ownEvents),
          String(bareHistory.events),
        ],
        [
          'History bytes',
          history.bytes.toLocaleString('en'),
          (history.bytes - history.ownBytes).toLocaleString('en'),
          bareHistory.bytes.toLocaleString('en'),
        ],
      ],
    ),
    '',
    'Events of the standard case: ' +
      [...history.byType]
        .sort(([, a], [, b]) => b - a)
        .map(([type, count]) => `${count} ${type}`)
        .join(', ') +
      '.',
  ];
}

function speed({ throughput, latency }: Measured): string[] {
  const ratio = (a: number, b: number): string => `${(a / b).toFixed(2)}×`;
  return [
    '',
    '## Speed',
    '',
    table(
      ['', 'Heli', 'bare', 'ratio'],
      [
        [
          `Whole lives a second, ${IN_FLIGHT} in flight`,
          round(throughput.cases),
          round(throughput.bare),
          ratio(throughput.cases, throughput.bare),
        ],
        [
          'An act (`accept` over REST; a bare Update), p50 ms',
          round(latency.act.p50),
          round(latency.update.p50),
          ratio(latency.act.p50, latency.update.p50),
        ],
        [
          'The same, p99 ms',
          round(latency.act.p99),
          round(latency.update.p99),
          ratio(latency.act.p99, latency.update.p99),
        ],
      ],
    ),
    '',
    'A second of two moves in time is in every life of a case: the engine takes about that long to find a moved ' +
      `case at rest. It bounds lives a second from above. Requests the API asked to send again: ${throughput.repeated}.`,
  ];
}

function openCases({ open, secondStartMs }: Measured, f: Figures): string[] {
  const { bytes, count } = open;
  const kb = (value: number): string => `${(value / 1000).toFixed(1)} KB`;
  return [
    '',
    `## ${count.toLocaleString('en')} open cases`,
    '',
    table(
      ['', ''],
      [
        ["Bytes a case in Heli's database, with indexes and toast", kb(bytes.heli)],
        ["Bytes a case in the engine's database", kb(bytes.engine)],
        ["Bytes a case in the engine's visibility database", kb(bytes.visibility)],
        ['Imports a second over REST', round(open.importsPerSecond)],
        [`Idle CPU with ${count.toLocaleString('en')} open cases`, `${round(f.idleMany)} ms a second`],
        ['Idle CPU with 10 open cases', `${round(f.idleFew)} ms a second`],
        ['`npm start` on the data of this run, to ready', `${(secondStartMs / 1000).toFixed(1)} s`],
      ],
    ),
    '',
    'Largest tables, bytes a case: ' +
      open.tables
        .map(([database, name, size]) => `${database}.${name} ${Math.round(size).toLocaleString('en')}`)
        .join(', ') +
      '.',
  ];
}
