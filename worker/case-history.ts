import type { Client } from '@temporalio/client';
import type { JsonValue } from '../activities/archive/volume/canonical-json.ts';
import type { KeyStore } from '../adapters/key-store/port.ts';
import { payloadCodec } from '../temporal/codec/payload-codec.ts';
import { readHistory } from '../temporal/history.ts';

/** Reads the engine's history of a case, decoded, for its archive volume. */
export function historyOf(client: Client, keys: KeyStore): (caseNumber: string) => Promise<JsonValue> {
  const codec = payloadCodec(keys);
  return async (caseNumber) => {
    const events: unknown[] = [];
    for await (const page of readHistory(client, codec, `case-${caseNumber}`)) events.push(...page.events);
    return events as JsonValue;
  };
}
