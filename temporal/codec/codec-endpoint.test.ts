import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { LocalKeyStore } from '../../adapters/key-store/local-key-store.ts';
import { answerCodecRequest, CodecRequestInvalid } from './codec-endpoint.ts';
import { payloadCodec } from './payload-codec.ts';

const keys = new LocalKeyStore({
  masterKey: randomBytes(32),
  storage: {
    insert: () => Promise.reject(new Error('no case keys here')),
    find: () => Promise.reject(new Error('no case keys here')),
    erase: () => Promise.reject(new Error('no case keys here')),
  },
});
const codec = payloadCodec(keys);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the codec endpoint', () => {
  it('speaks the JSON of the Web UI both ways', async () => {
    const clear = {
      payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64('{"stage":"ready"}') }],
    };
    const encoded = await answerCodecRequest(codec, 'encode', clear);
    const [sealed] = encoded.payloads;
    expect(encoded.payloads).toHaveLength(1);
    expect(sealed?.metadata['encoding']).toBe(base64('binary/encrypted-heli'));
    expect(JSON.stringify(encoded)).not.toContain(base64('{"stage":"ready"}'));
    const overTheWire: unknown = JSON.parse(JSON.stringify(encoded));
    expect(await answerCodecRequest(codec, 'decode', overTheWire)).toEqual(clear);
  });

  it('answers an empty list with an empty list', async () => {
    expect(await answerCodecRequest(codec, 'decode', { payloads: [] })).toEqual({ payloads: [] });
  });

  it.each([
    undefined,
    null,
    [],
    {},
    { payloads: 'x' },
    { payloads: [1] },
    { payloads: [{ data: 5 }] },
    { payloads: [{ data: 'not base64!' }] },
    { payloads: [{ metadata: { encoding: 1 } }] },
  ])('refuses %j', async (body) => {
    await expect(answerCodecRequest(codec, 'decode', body)).rejects.toThrow(CodecRequestInvalid);
  });
});
