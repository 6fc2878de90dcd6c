import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './progress.mjs';
import { run } from './run.mjs';

/**
 * Builds the workflow bundle; the script itself skips what is up to date.
 * @param {string} projectDir
 * @param {string} node the pinned Node
 */
export async function buildWorkflows(projectDir, node) {
  if (!existsSync(join(projectDir, 'workflows/index.ts'))) return;
  const { code, output } = await run(node, [join(projectDir, 'scripts/build-workflows.ts')], {
    cwd: projectDir,
    onLine: (line) => console.log(line),
  });
  if (code !== 0) throw new SetupError(`The workflow bundle could not be built:\n${output}`);
}
