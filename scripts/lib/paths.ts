import { resolve } from 'node:path';

/** The project's folder, whatever the working directory is. */
export const PROJECT_DIR = resolve(import.meta.dirname, '../..');
export const SCHEMA_FILE = resolve(PROJECT_DIR, 'prisma/schema.prisma');
export const MIGRATIONS_DIR = resolve(PROJECT_DIR, 'prisma/migrations');
export const WORKFLOW_BUNDLE = resolve(PROJECT_DIR, '.build/workflow-bundle.js');
