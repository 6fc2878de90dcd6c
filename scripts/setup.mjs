#!/usr/bin/env node
/**
 * Sets up everything `npm start` and `npm test` need, and skips what is there.
 * Plain JavaScript without dependencies, for any Node from 20.19 on: it runs
 * before anything is installed.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { obtainEngine } from './setup/engine.mjs';
import { installPackages } from './setup/packages.mjs';
import { generateClient } from './setup/prisma.mjs';
import { SetupError } from './setup/progress.mjs';
import { buildWorkflows } from './setup/workflows.mjs';

const projectDir = resolve(import.meta.dirname, '..');

try {
  assertNodeVersion();
  await installPackages(projectDir);
  mkdirSync(join(projectDir, '.build'), { recursive: true });
  await generateClient(projectDir);
  await buildWorkflows(projectDir, pinnedNode());
  await obtainEngine(projectDir, process.env);
} catch (error) {
  console.error(`\nSet-up stopped. ${error instanceof SetupError ? error.message : error.stack}`);
  process.exitCode = 1;
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org).`,
  );
}

/** The Node of the package `node`, which everything of ours runs on. */
function pinnedNode() {
  const file = join(projectDir, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  throw new SetupError(
    'node_modules/node/bin/node is missing: the install script of the package "node" did not run. Run npm ci again.',
  );
}
