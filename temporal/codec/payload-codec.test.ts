import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { SealBroken } from '../../adapters/key-store/errors.ts';
import { LocalKeyStore } from '../../adapters/key-store/local-key-store.ts';
import type { WrappedKeyStorage } from '../../adapters/key-store/port.ts';
import { failureConverter } from './failure-converter.ts';
import {
  ENCRYPTED_ENCODING,
  isEncrypted,
  metadataText,
  payloadCodec,
  PayloadKeyUnknown,
} from './payload-codec.ts';

/** The codec asks for house keys only; a case key asked of it would be a mistake. */
const noCaseKeys: WrappedKeyStorage = {
  insert: () => Promise.reject(new Error('no case keys here')),
  find: () => Promise.reject(new Error('no case keys here')),
  erase: () => Promise.reject(new Error('no case keys here')),
};
const masterKey = randomBytes(32);
const keys = new LocalKeyStore({ masterKey, storage: noCaseKeys });
const codec = payloadCodec(keys);

function payloadOf(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

async function encodeOne(payload: Payload, by = codec): Promise<Payload> {
  const [encoded] = await by.encode([payload]);
  if (encoded === undefined) throw new Error('nothing encoded');
  return encoded;
}

describe('the payload codec', () => {
  it('gives back every value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (values) => {
        const payloads = values.map(payloadOf);
        const encoded = await codec.encode(payloads);
        expect(encoded.every(isEncrypted)).toBe(true);
        const decoded = await codec.decode(encoded);
        expect(decoded.map((one) => defaultPayloadConverter.fromPayload(one))).toEqual(
          payloads.map((one) => defaultPayloadConverter.fromPayload(one)),
        );
      }),
      { seed: 20_261_123, numRuns: 100 },
    );
  });

  it('gives back bytes and their encoding', async () => {
    const bytes = payloadOf(Uint8Array.from(randomBytes(900)));
    const [decoded] = await codec.decode([await encodeOne(bytes)]);
    expect(metadataText(decoded ?? {}, 'encoding')).toBe('binary/plain');
    expect(Buffer.from(decoded?.data ?? [])).toEqual(Buffer.from(bytes.data ?? []));
  });

  it('shows nothing but its encoding and the key id', async () => {
    const encoded = await encodeOne(payloadOf({ secret: 'withdrawn' }));
    expect(metadataText(encoded, 'encoding')).toBe(ENCRYPTED_ENCODING);
    expect(Object.keys(encoded.metadata ?? {})).toEqual(['encoding', 'key-id']);
    expect(Buffer.from(encoded.data ?? []).toString('latin1')).not.toContain('withdrawn');
  });

  it('makes long repetitive values shorter, and reads them with deflating off', async () => {
    const value = Array.from({ length: 40 }, (_, index) => ({ kind: 'appointment', state: 'due', index }));
    const off = payloadCodec(keys, { deflateFromBytes: Number.POSITIVE_INFINITY });
    const long = await encodeOne(payloadOf(value), off);
    const short = await encodeOne(payloadOf(value));
    expect(short.data?.length).toBeLessThan((long.data?.length ?? 0) / 3);
    const [decoded] = await off.decode([short]);
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual(value);
  });

  it('opens what was sealed before the key was rotated', async () => {
    const encoded = await encodeOne(payloadOf('before'));
    const rotatedKeys = new LocalKeyStore({
      masterKey: randomBytes(32),
      earlierMasterKeys: [masterKey],
      versions: { payload: 2 },
      storage: noCaseKeys,
    });
    const rotated = payloadCodec(rotatedKeys);
    const [decoded] = await rotated.decode([encoded]);
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toBe('before');
    const after = await encodeOne(payloadOf('after'), rotated);
    expect(metadataText(after, 'key-id')).not.toBe(metadataText(encoded, 'key-id'));
    await expect(codec.decode([after])).rejects.toThrow(PayloadKeyUnknown);
  });

  it('refuses altered data and an exchanged key id', async () => {
    const encoded = await encodeOne(payloadOf({ stage: 'cooling-off' }));
    const altered = Buffer.from(encoded.data ?? []);
    altered[20] = (altered[20] ?? 0) ^ 1;
    await expect(codec.decode([{ ...encoded, data: altered }])).rejects.toThrow(SealBroken);

    const otherId = (metadataText(encoded, 'key-id') ?? '').replace('payload.1', 'payload.2');
    const exchanged = { ...encoded, metadata: { ...encoded.metadata, 'key-id': Buffer.from(otherId) } };
    await expect(codec.decode([exchanged])).rejects.toThrow(SealBroken);
  });

  it('leaves alone what has no value, and what others wrote', async () => {
    const nothing = payloadOf(undefined);
    expect(await encodeOne(nothing)).toBe(nothing);
    const foreign = payloadOf({ written: 'elsewhere' });
    expect(await codec.decode([foreign])).toEqual([foreign]);
  });
});

describe('the failure converter', () => {
  it('puts message and stack under the seal', async () => {
    const error = ApplicationFailure.nonRetryable('certificate 123 is unknown', 'RegisterRefused', {
      code: 7,
    });
    const failure = failureConverter.errorToFailure(error, defaultPayloadConverter);
    expect(failure.message).toBe('Encoded failure');
    expect(failure.stackTrace).toBe('');
    const attributes = failure.encodedAttributes;
    if (!attributes) throw new Error('no encoded attributes');
    const [opened] = await codec.decode([await encodeOne(attributes)]);
    const restored = failureConverter.failureToError(
      { ...failure, encodedAttributes: opened ?? null },
      defaultPayloadConverter,
    );
    expect(restored).toMatchObject({
      message: 'certificate 123 is unknown',
      type: 'RegisterRefused',
      nonRetryable: true,
      details: [{ code: 7 }],
    });
  });
});
