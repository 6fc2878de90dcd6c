import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { sealVolume, type SealedVolume } from './seal-volume.ts';
import { keyFingerprint, parseSeal, signSeal, verifySeal, type Seal } from './seal-signature.ts';

const office = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');

function seal(caseNumber: string): Promise<SealedVolume> {
  return sealVolume({
    metadata: {
      fondsNumber: '0311',
      year: 2026,
      classCode: 'LH',
      roomVolumeNumber: 1,
      caseNumber,
      outcome: 'withdrawn',
      retentionYears: 100,
      sealedAt: '2026-12-30T08:15:00Z',
      districtCode: '440311',
    },
    entries: [],
    records: { acts: [], notices: [], engineHistory: {} },
  });
}

describe('a signed seal', () => {
  let volume: SealedVolume;
  let other: SealedVolume;
  let signed: Seal;

  beforeAll(async () => {
    volume = await seal('440311-2026-000001');
    other = await seal('440311-2026-000002');
    signed = signSeal(volume, office.privateKey);
  });

  it('holds for its volume, also after a way through JSON', () => {
    const reread = parseSeal(JSON.parse(JSON.stringify(signed)));
    expect(reread).toEqual(signed);
    expect(verifySeal(signed, volume, office.publicKey)).toEqual({ ok: true });
    expect(verifySeal(signed, volume)).toEqual({ ok: true });
    expect(keyFingerprint(signed)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not hold for another volume', () => {
    expect(verifySeal(signed, other, office.publicKey)).toEqual({ ok: false, problem: 'other-volume' });
  });

  it('does not hold when somebody else signed', () => {
    const theirs = signSeal(volume, stranger.privateKey);
    expect(verifySeal(theirs, volume, office.publicKey)).toEqual({ ok: false, problem: 'other-key' });
    const posing = { ...theirs, publicKey: signed.publicKey };
    expect(verifySeal(posing, volume, office.publicKey)).toEqual({ ok: false, problem: 'signature-invalid' });
  });

  it('does not hold when its statement was moved to another volume', () => {
    const moved = { ...signed, statement: { ...signed.statement, manifestHash: other.manifestHash } };
    expect(verifySeal(moved, other)).toEqual({ ok: false, problem: 'signature-invalid' });
  });

  it('refuses keys of another kind and what is no seal', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => signSeal(volume, ec.privateKey)).toThrow(TypeError);
    expect(() => signSeal(volume, office.publicKey)).toThrow(TypeError);
    expect(verifySeal({ ...signed, publicKey: 'AAAA' }, volume)).toEqual({
      ok: false,
      problem: 'seal-malformed',
    });
    expect(parseSeal({ ...signed, algorithm: 'none' })).toBeUndefined();
    expect(parseSeal(null)).toBeUndefined();
  });
});
