import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { metadataText } from './codec/payload-codec.ts';
import { protoToMs } from './proto-time.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = { readonly [name: string]: Json };

/** The part of protobufjs's reflection this file needs: what a field holds. */
interface Field {
  readonly map?: boolean;
  readonly resolvedType: MessageType | EnumType | null;
  resolve(): Field;
}
interface MessageType {
  readonly fullName: string;
  readonly fields: Readonly<Record<string, Field>>;
}
interface EnumType {
  readonly valuesById: Readonly<Record<number, string>>;
}

/**
 * Turns a protobuf message of the engine into plain JSON for reading: every payload is decoded, timestamps are
 * ISO 8601, durations are milliseconds, enumerations are their names, bytes are base64. Nothing here throws for a
 * payload that does not open: it reads `{ undecodable: <reason> }`, so that one lost key does not hide a history.
 */
export function decodeMessage(message: object, codec: PayloadCodec): Promise<JsonObject> {
  return decodeFields(message, typeOf(message), codec);
}

async function decodeFields(
  message: object,
  type: MessageType | undefined,
  codec: PayloadCodec,
): Promise<JsonObject> {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    if (value === null || value === undefined) continue;
    const field = type?.fields[name]?.resolve();
    const decoded = await decodeValue(value, field, codec);
    if (!isEmpty(decoded)) entries.push([name, decoded]);
  }
  return type?.fullName.endsWith('.failure.v1.Failure') === true
    ? withoutSeal(Object.fromEntries(entries))
    : Object.fromEntries(entries);
}

async function decodeValue(value: unknown, field: Field | undefined, codec: PayloadCodec): Promise<Json> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((item: unknown) => decodeValue(item, field, codec)));
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'object' && value !== null) return decodeObject(value, field, codec);
  if (typeof value === 'number') return enumName(value, field) ?? value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

async function decodeObject(value: object, field: Field | undefined, codec: PayloadCodec): Promise<Json> {
  if (isLong(value)) return value.toNumber();
  const resolved = field?.resolvedType ?? null;
  const type = resolved !== null && 'fields' in resolved ? resolved : undefined;
  if (field?.map === true && !isMessage(value)) {
    const items = Object.entries(value as Record<string, unknown>).map(
      async ([key, item]) => [key, await decodeValue(item, asItem(field), codec)] as const,
    );
    return Object.fromEntries(await Promise.all(items));
  }
  switch (type?.fullName ?? '') {
    case '.temporal.api.common.v1.Payload':
      return decodePayload(value, codec);
    case '.temporal.api.common.v1.Payloads':
      return Promise.all(
        ((value as { payloads?: Payload[] }).payloads ?? []).map((one) => decodePayload(one, codec)),
      );
    case '.google.protobuf.Timestamp':
      return new Date(protoToMs(value)).toISOString();
    case '.google.protobuf.Duration':
      return protoToMs(value);
    default:
      return decodeFields(value, type, codec);
  }
}

async function decodePayload(payload: Payload, codec: PayloadCodec): Promise<Json> {
  try {
    const [opened] = await codec.decode([payload]);
    if (opened === undefined) return null;
    if (metadataText(opened, 'encoding') === 'binary/plain') {
      return Buffer.from(opened.data ?? new Uint8Array()).toString('base64');
    }
    const value: unknown = defaultPayloadConverter.fromPayload(opened);
    return value === undefined ? null : (value as Json);
  } catch (error) {
    return { undecodable: error instanceof Error ? error.name : 'UnknownError' };
  }
}

/** A failure's text lies in `encodedAttributes`; readers expect it at `message` and `stackTrace`. */
function withoutSeal(failure: JsonObject): JsonObject {
  const { encodedAttributes: opened, ...rest } = failure;
  if (typeof opened !== 'object' || opened === null || !('message' in opened)) return failure;
  return { ...rest, message: opened['message'], stackTrace: opened['stack_trace'] ?? '' };
}

function isLong(value: object): value is { toNumber(): number } {
  return 'toNumber' in value && typeof value.toNumber === 'function';
}

function typeOf(message: object): MessageType | undefined {
  return '$type' in message ? (message.$type as MessageType) : undefined;
}

function isMessage(value: object): boolean {
  return typeOf(value) !== undefined;
}

/** The items of a map hold what its field says, and are not maps themselves. */
function asItem(field: Field): Field {
  const item: Field = { map: false, resolvedType: field.resolvedType, resolve: () => item };
  return item;
}

function enumName(value: number, field: Field | undefined): string | undefined {
  const type = field?.resolvedType ?? null;
  return type !== null && 'valuesById' in type ? type.valuesById[value] : undefined;
}

/** The engine leaves most fields at their defaults; showing them all would bury the few that speak. */
function isEmpty(value: Json): boolean {
  if (value === '' || value === false || value === 0) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
