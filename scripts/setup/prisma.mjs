import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, step } from './progress.mjs';
import { run } from './run.mjs';

/**
 * Generates the database client when the schema or Prisma has changed.
 * @param {string} projectDir
 */
export async function generateClient(projectDir) {
  const schema = join(projectDir, 'prisma/schema.prisma');
  if (!existsSync(schema)) return;
  const stamp = join(projectDir, '.build/prisma.stamp');
  const version = JSON.parse(
    readFileSync(join(projectDir, 'node_modules/prisma/package.json'), 'utf8'),
  ).version;
  const wanted = createHash('sha256').update(readFileSync(schema)).update(version).digest('hex');
  const generated = existsSync(join(projectDir, 'prisma/generated/client.ts'));
  if (generated && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('Generating the database client', 'a few seconds', async () => {
    const prisma = join(projectDir, 'node_modules/prisma/build/index.js');
    const { code, output } = await run(process.execPath, [prisma, 'generate', '--schema', schema], {
      cwd: projectDir,
      // Generating needs no schema engine, but Prisma would download one: name any program that is there.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    });
    if (code !== 0) throw new SetupError(`prisma generate failed:\n${output}`);
    writeFileSync(stamp, wanted);
  });
}
