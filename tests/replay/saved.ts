import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { LocalKeyStore } from '../../adapters/key-store/local-key-store.ts';

const { History } = proto.temporal.api.history.v1;
const HERE = import.meta.dirname;
export const HISTORIES = join(HERE, 'histories');

/** The master key under which every saved history is sealed; published, so it protects nothing. */
export const replayMasterKey: string = (
  JSON.parse(readFileSync(join(HERE, 'replay-key.json'), 'utf8')) as { masterKey: string }
).masterKey;

export const currentVersion: string = (
  JSON.parse(readFileSync(join(HERE, '../../package.json'), 'utf8')) as { version: string }
).version;

/** House keys alone: a replay opens payloads and no case. */
export function replayKeys(): LocalKeyStore {
  const none = () => Promise.reject(new Error('a replay has no case keys'));
  return new LocalKeyStore({
    masterKey: Buffer.from(replayMasterKey, 'base64'),
    storage: { insert: none, find: none, erase: none },
  });
}

/** The engine's protobuf message as JSON: enumerations by name, 64-bit numbers as text, bytes in base64. */
export interface ReadableHistory {
  readonly events: readonly ({ readonly eventType: string } & Readonly<Record<string, unknown>>)[];
}

export function toReadable(history: proto.temporal.api.history.v1.IHistory): ReadableHistory {
  const message = History.fromObject(history);
  return History.toObject(message, { enums: String, longs: String, bytes: String }) as ReadableHistory;
}

export function toMessage(history: ReadableHistory): proto.temporal.api.history.v1.IHistory {
  return History.fromObject(history);
}

export interface SavedHistory {
  /** `<version>/<path>` */
  readonly name: string;
  readonly workflowId: string;
  readonly history: ReadableHistory;
}

/** Every saved history of every version, by name. */
export function savedHistories(): SavedHistory[] {
  return readdirSync(HISTORIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: version }) =>
      readdirSync(join(HISTORIES, version)).map((file) => {
        const saved = JSON.parse(readFileSync(join(HISTORIES, version, file), 'utf8')) as Omit<
          SavedHistory,
          'name'
        >;
        return { ...saved, name: `${version}/${file.replace(/\.json$/, '')}` };
      }),
    )
    .sort((x, y) => x.name.localeCompare(y.name));
}
