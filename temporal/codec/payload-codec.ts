import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { open, seal } from '../../adapters/key-store/envelope.ts';
import type { KeyStore } from '../../adapters/key-store/port.ts';

/** What the engine sees as the encoding of everything this house writes. */
export const ENCRYPTED_ENCODING = 'binary/encrypted-heli';
const KEY_ID = 'key-id';

/** The codec's needs of the key store. */
export type PayloadKeys = Pick<KeyStore, 'currentKey' | 'dataKey'>;

export interface PayloadCodecOptions {
  /** Deflate bodies of at least this many bytes, when that makes them smaller; default 200. Infinity never does. */
  readonly deflateFromBytes?: number;
}

/** The key that sealed a payload is not in the key store. */
export class PayloadKeyUnknown extends Error {
  override readonly name = 'PayloadKeyUnknown';
  constructor(keyId: string) {
    super(`The key store has no key "${keyId}", with which a payload was sealed.`);
  }
}

/** A sealed payload opened to something this version does not know. */
export class PayloadFormUnknown extends Error {
  override readonly name = 'PayloadFormUnknown';
}

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
/** Largest body after inflation: far over the engine's own limit of 2 MB for one payload. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** First byte under the seal: how the body is to be read. Plain JSON travels without its envelope, 30 bytes less. */
const WHOLE_PAYLOAD = 0;
const PLAIN_JSON = 1;
const DEFLATED = 0x80;

/**
 * Seals every payload before it leaves the process with AES-256-GCM, so that the engine, its database and its
 * backups hold ciphertext only. The id of the key is in the payload's metadata, so keys can rotate.
 *
 * Left as they are: when encoding, payloads that mean "no value" (`binary/null` has no data to hide); when decoding,
 * payloads of any other encoding, because the SDK writes markers in clear (patches, local activities) and an
 * operator's command line may send a signal in clear.
 */
export function payloadCodec(keys: PayloadKeys, options: PayloadCodecOptions = {}): PayloadCodec {
  const deflateFrom = options.deflateFromBytes ?? 200;
  return {
    async encode(payloads) {
      if (payloads.length === 0) return [];
      const { keyId, key } = await keys.currentKey('payload');
      return payloads.map((payload) =>
        hasNoValue(payload) ? payload : encrypt(payload, keyId, key, deflateFrom),
      );
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => decrypt(payload, keys))),
  };
}

/** Whether a payload was sealed by this codec. */
export function isEncrypted(payload: Payload): boolean {
  return metadataText(payload, 'encoding') === ENCRYPTED_ENCODING;
}

/** One metadata value as text. */
export function metadataText(payload: Payload, name: string): string | undefined {
  const value = payload.metadata?.[name];
  return value ? Buffer.from(value).toString('utf8') : undefined;
}

function encrypt(payload: Payload, keyId: string, key: Buffer, deflateFrom: number): Payload {
  return {
    metadata: { encoding: Buffer.from(ENCRYPTED_ENCODING), [KEY_ID]: Buffer.from(keyId) },
    data: seal(key, pack(payload, deflateFrom), aadOf(keyId)),
  };
}

async function decrypt(payload: Payload, keys: PayloadKeys): Promise<Payload> {
  if (!isEncrypted(payload)) return payload;
  const keyId = metadataText(payload, KEY_ID) ?? '';
  const key = await keys.dataKey(keyId);
  if (key === undefined) throw new PayloadKeyUnknown(keyId);
  return unpack(open(key, payload.data ?? new Uint8Array(), aadOf(keyId)));
}

function pack(payload: Payload, deflateFrom: number): Buffer {
  const plain = isPlainJson(payload);
  const body = plain ? (payload.data ?? new Uint8Array()) : PayloadMessage.encode(payload).finish();
  const form = plain ? PLAIN_JSON : WHOLE_PAYLOAD;
  if (body.length >= deflateFrom) {
    const deflated = deflateRawSync(body);
    if (deflated.length < body.length) return Buffer.concat([Buffer.of(form | DEFLATED), deflated]);
  }
  return Buffer.concat([Buffer.of(form), body]);
}

function unpack(packed: Buffer): Payload {
  const form = packed[0] ?? -1;
  const stored = packed.subarray(1);
  const body = form & DEFLATED ? inflateRawSync(stored, { maxOutputLength: MAX_BODY_BYTES }) : stored;
  switch (form & ~DEFLATED) {
    case PLAIN_JSON:
      return { metadata: { encoding: Buffer.from('json/plain') }, data: body };
    case WHOLE_PAYLOAD:
      return PayloadMessage.decode(body);
    default:
      throw new PayloadFormUnknown(`A sealed payload has the unknown form ${form}.`);
  }
}

function isPlainJson(payload: Payload): boolean {
  return (
    Object.keys(payload.metadata ?? {}).length === 1 && metadataText(payload, 'encoding') === 'json/plain'
  );
}

function hasNoValue(payload: Payload): boolean {
  return metadataText(payload, 'encoding') === 'binary/null' && (payload.data?.length ?? 0) === 0;
}

/** Ties the ciphertext to the encoding and the key it claims. */
function aadOf(keyId: string): string {
  return `${ENCRYPTED_ENCODING}\n${keyId}`;
}
