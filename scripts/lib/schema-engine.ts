import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as SchemaEngineModule from '@prisma/schema-engine-wasm';
import { schemaAdapter } from './schema-adapter.ts';

type Bindings = typeof SchemaEngineModule & { __wbg_set_wasm: (exports: WasmExports) => void };
type SchemaEngine = SchemaEngineModule.SchemaEngine;
type MigrationList = SchemaEngineModule.MigrationList;

export const NO_FILTER: SchemaEngineModule.SchemaFilter = { externalTables: [], externalEnums: [] };
type WasmExports = Readonly<Record<string, unknown>>;

// The compiler's library has WebAssembly only together with the whole browser.
declare const WebAssembly: {
  compile: (bytes: Uint8Array) => Promise<object>;
  instantiate: (module: object, imports: Record<string, object>) => Promise<{ exports: WasmExports }>;
};

const BINDINGS_IMPORT = './schema_engine_bg.js';

/**
 * Runs `work` with Prisma's schema engine as WebAssembly, speaking to
 * PostgreSQL through `pg`: the same engine as `prisma migrate`, without a
 * program to download.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine: Engine } = await (loaded ??= load());
  const { factory, close } = schemaAdapter(url);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    const engine = await Engine.new({ datamodels: undefined }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    // The engine leaves its connection open, and with it the lock that keeps two migrations apart.
    await close();
  }
}

// Once a process: the bindings are one module with one memory.
let loaded: Promise<Bindings> | undefined;

async function load(): Promise<Bindings> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(`schema engine: ${text}`) },
  });
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = (await import(pathToFileURL(file).href)) as Bindings;
  const wasm = await WebAssembly.compile(readFileSync(file.replace(/\.js$/, '.wasm')));
  const { exports } = await WebAssembly.instantiate(wasm, { [BINDINGS_IMPORT]: { ...bindings } });
  bindings.__wbg_set_wasm(exports);
  (exports['__wbindgen_start'] as () => void)();
  return bindings;
}

/** What `migration_lock.toml` says: Heli's migrations are written for PostgreSQL. */
export const MIGRATION_LOCK = 'provider = "postgresql"\n';

/** The migrations folder in Prisma's standard layout: `<timestamp>_<name>/migration.sql` and `migration_lock.toml`. */
export async function readMigrations(baseDir: string): Promise<MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: MIGRATION_LOCK },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  };
}
