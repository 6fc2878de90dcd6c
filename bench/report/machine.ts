import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { BenchSystem } from '../bench-system.ts';
import { PROJECT_DIR } from '../../scripts/lib/paths.ts';

/** What a reader must know of the machine and the programs to compare runs. */
export async function machineOf(bench: BenchSystem): Promise<string[]> {
  const { serverVersion } = await bench.main.workflowService.getSystemInfo({});
  const { rows } = await bench.counters.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const { dependencies } = JSON.parse(readFileSync(join(PROJECT_DIR, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const [cpu] = cpus();
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()}`,
    `Node ${process.versions.node}, PostgreSQL ${rows[0]?.version ?? '?'}, Temporal server ${serverVersion}, ` +
      `Temporal SDK ${dependencies['@temporalio/worker'] ?? '?'}, Prisma ${dependencies['@prisma/client'] ?? '?'}`,
  ];
}
