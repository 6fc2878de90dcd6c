import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

/** The two things the Web UI asks of a codec server. */
export const CODEC_OPERATIONS = ['encode', 'decode'] as const;
export type CodecOperation = (typeof CODEC_OPERATIONS)[number];

/** The body sent to the codec endpoint is not `{ "payloads": [...] }`. */
export class CodecRequestInvalid extends Error {
  override readonly name = 'CodecRequestInvalid';
}

/** JSON of protobuf payloads: metadata values and data are base64. */
export interface CodecMessage {
  readonly payloads: readonly PayloadJson[];
}

interface PayloadJson {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

const { Payloads } = proto.temporal.api.common.v1;

/**
 * Answers the Web UI's remote codec protocol (`POST <base>/decode` and `/encode`). It decides nothing about who may
 * ask: whoever mounts it authenticates and authorises, since it shows what the engine keeps sealed.
 * @throws {CodecRequestInvalid} for a malformed body; the codec's own errors for payloads that do not open.
 */
export async function answerCodecRequest(
  codec: PayloadCodec,
  operation: CodecOperation,
  body: unknown,
): Promise<CodecMessage> {
  const payloads = readPayloads(body);
  const answered = operation === 'encode' ? await codec.encode(payloads) : await codec.decode(payloads);
  return { payloads: answered.map(toJson) };
}

function readPayloads(body: unknown): Payload[] {
  if (!isRecord(body) || !Array.isArray(body['payloads']) || !body['payloads'].every(isPayloadJson)) {
    throw new CodecRequestInvalid(
      'Expected { "payloads": [{ "metadata": { name: base64 }, "data": base64 }] }.',
    );
  }
  return Payloads.fromObject({ payloads: body['payloads'] as unknown[] }).payloads;
}

function toJson(payload: Payload): PayloadJson {
  const metadata = Object.entries(payload.metadata ?? {}).map(
    ([name, value]) => [name, toBase64(value)] as const,
  );
  return { metadata: Object.fromEntries(metadata), data: toBase64(payload.data ?? new Uint8Array()) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function isPayloadJson(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { metadata = {}, data = '' } = value;
  return isBase64(data) && isRecord(metadata) && Object.values(metadata).every(isBase64);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBase64(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/u.test(value);
}
