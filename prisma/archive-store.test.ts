import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ArchiveStore, SealedFacts } from '../activities/archive/archive-store.ts';
import { FileBlobStore } from '../adapters/object-store/file-blob-store.ts';
import type { ObjectStore } from '../adapters/object-store/port.ts';
import { SealedObjectStore } from '../adapters/object-store/sealed-object-store.ts';
import type { NoticeOrder } from '../activities/records/port.ts';
import { plainDate } from '../domain/plain-date.ts';
import { archiveStore } from './archive-store.ts';
import { brokenAuditEntry } from './audit.ts';
import { stepRecorder } from './record-steps.ts';
import { at, openedCase, type TestDatabase, testDatabase } from './test-support/database.ts';
import { acceptedState, actTurn } from './test-support/turns.ts';

let t: TestDatabase;
let root: string;
let objects: ObjectStore;
let store: ArchiveStore;
beforeAll(async () => {
  t = await testDatabase();
  root = await mkdtemp(join(tmpdir(), 'heli-archive-'));
  objects = new SealedObjectStore(new FileBlobStore({ root }), t.keys);
  store = archiveStore(t.db, objects);
});
afterAll(async () => {
  await t.drop();
  await rm(root, { recursive: true });
});

const NOW = at('2026-11-03', '12:00');
const FACTS: SealedFacts = {
  objectKey: 'f'.repeat(64),
  manifestHash: 'a'.repeat(64),
  seal: {
    statement: {
      schema: 'heli-archive-seal/1',
      archiveNumber: '440311-2026-LH-1',
      caseNumber: 'GM01-2026-000001',
      manifestHash: 'a'.repeat(64),
      sealedAt: '2026-11-03T04:00:00.000Z',
    },
    algorithm: 'Ed25519',
    publicKey: 'AA==',
    signature: 'AA==',
  },
  size: 1234,
  at: NOW,
  retainUntil: '2126-12-31',
};

async function withdrawnCase(): Promise<string> {
  const caseNumber = await openedCase(t);
  const state = await acceptedState(t, caseNumber);
  await stepRecorder(t.db, t.cipher).record(actTurn(state, 'withdraw', at('2026-11-03')).input);
  return caseNumber;
}

describe('a place on the shelf', () => {
  it('is reserved once, in a row without gaps, however many ask at once', async () => {
    const cases = [await withdrawnCase(), await withdrawnCase(), await withdrawnCase()];
    const reserved = await Promise.all(
      [...cases, ...cases, ...cases].map((each) => store.reserve(each, NOW)),
    );
    const numbers = reserved.map(({ roomVolumeNumber }) => roomVolumeNumber);
    expect(numbers.slice(3, 6)).toEqual(numbers.slice(0, 3));
    expect(numbers.slice(6)).toEqual(numbers.slice(0, 3));
    expect([...new Set(numbers)].sort()).toEqual([1, 2, 3]);
    expect(reserved[0]).toMatchObject({
      fondsNumber: '440311',
      year: 2026,
      districtCode: '440311',
      outcome: 'withdrawn',
      sealed: false,
    });
  });

  it('starts again at 1 with the year, in Shanghai', async () => {
    const caseNumber = await withdrawnCase();
    const reserved = await store.reserve(caseNumber, at('2027-01-01', '00:00'));
    expect(reserved).toMatchObject({ year: 2027, roomVolumeNumber: 1 });
  });
});

describe('concluding', () => {
  it('twice, and eight times at once, is done once', async () => {
    const caseNumber = await withdrawnCase();
    await store.reserve(caseNumber, NOW);
    const seqs = await Promise.all(Array.from({ length: 8 }, () => store.conclude(caseNumber, FACTS, [])));
    expect(new Set(seqs)).toEqual(new Set([6]));
    expect(await store.conclude(caseNumber, { ...FACTS, manifestHash: 'b'.repeat(64) }, [])).toBe(6);
    expect(await store.archivedAt(caseNumber)).toBe(6);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber }, include: { volume: true } });
    expect(row).toMatchObject({ stage: 'archived', outcome: 'withdrawn', actSeq: 6, nextDeadline: null });
    expect(row.volume).toMatchObject({
      manifestHash: FACTS.manifestHash,
      size: 1234,
      seal: FACTS.seal,
      sealedAt: new Date(NOW),
    });
    expect(await t.db.caseStep.count({ where: { caseNumber, kind: 'archive' } })).toBe(1);
    expect(await t.db.auditEntry.count({ where: { stream: caseNumber, action: 'archive' } })).toBe(1);
    expect(await brokenAuditEntry(t.db, caseNumber)).toBeUndefined();
    expect(await store.reserve(caseNumber, NOW)).toMatchObject({ sealed: true });
  });

  it('takes away what stands open because of a notice, and says so', async () => {
    const caseNumber = await withdrawnCase();
    await store.reserve(caseNumber, NOW);
    const since = NOW - 1;
    const raised = (codes: readonly string[]) => codes.map((code) => ({ code, since }));
    await t.db.caseRecord.update({
      where: { caseNumber },
      data: {
        attention: raised(['NOTICE_FAILED', 'BAD_SIGNAL', 'NOTICE_DELAYED']),
        needsAttention: true,
        flags: ['needs-attention'],
      },
    });
    await store.conclude(caseNumber, FACTS, []);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row).toMatchObject({
      attention: raised(['BAD_SIGNAL']),
      needsAttention: true,
      flags: ['needs-attention'],
    });
    const step = await t.db.caseStep.findFirstOrThrow({ where: { caseNumber, kind: 'archive' } });
    expect(step.detail).toMatchObject({ cleared: ['NOTICE_FAILED', 'NOTICE_DELAYED'] });
    const other = await withdrawnCase();
    await store.reserve(other, NOW);
    await t.db.caseRecord.update({
      where: { caseNumber: other },
      data: { attention: raised(['NOTICE_FAILED']), needsAttention: true, flags: ['needs-attention'] },
    });
    await store.conclude(other, FACTS, []);
    expect(await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber: other } })).toMatchObject({
      attention: [],
      needsAttention: false,
      flags: [],
    });
    expect(await brokenAuditEntry(t.db, other)).toBeUndefined();
  });

  it('is not undone by a turn that comes late', async () => {
    const caseNumber = await openedCase(t);
    const state = await acceptedState(t, caseNumber);
    const withdrawal = actTurn(state, 'withdraw', at('2026-11-03'));
    await stepRecorder(t.db, t.cipher).record(withdrawal.input);
    await store.reserve(caseNumber, NOW);
    await store.conclude(caseNumber, FACTS, []);
    await stepRecorder(t.db, t.cipher).record(withdrawal.input);
    const row = await t.db.caseRecord.findUniqueOrThrow({ where: { caseNumber } });
    expect(row).toMatchObject({ stage: 'archived', actSeq: 6 });
  });
});

describe('what follows the archive', () => {
  const copyFor = (caseNumber: string): NoticeOrder => ({
    id: `${caseNumber}/a/archive-copy/v1/0`,
    party: 'a',
    kind: 'archive-copy',
    deadlineVersion: 1,
    offsetDays: 0,
    channels: ['email'],
    urgency: 'routine',
    dueAt: at('2026-11-04', '09:00'),
    props: { today: plainDate('2026-11-03'), stageSince: plainDate('2026-11-03') },
  });

  it('is on record with it, once, and holds no archive up', async () => {
    const caseNumber = await withdrawnCase();
    await t.db.notice.deleteMany({ where: { caseNumber } });
    await t.db.caseRecord.update({ where: { caseNumber }, data: { policyVersion: 'v-7' } });
    await store.reserve(caseNumber, NOW);
    const after = [copyFor(caseNumber)];
    await Promise.all(Array.from({ length: 3 }, () => store.conclude(caseNumber, FACTS, after)));
    const notices = await t.db.notice.findMany({ where: { caseNumber } });
    expect(notices).toMatchObject([
      { kind: 'archive-copy', state: 'queued', channel: 'email', policyVersion: 'v-7' },
    ]);
    expect(notices[0]?.sendAt).not.toBeNull();
    expect(await store.unsentNotices(caseNumber)).toBe(0);
    await t.db.notice.updateMany({ where: { caseNumber }, data: { state: 'delivered' } });
    await store.conclude(caseNumber, FACTS, after);
    expect(await t.db.notice.count({ where: { caseNumber, state: 'delivered' } })).toBe(1);
  });
});

describe('what goes into the volume', () => {
  it('waits for notices that may still be sent, and only for those', async () => {
    const caseNumber = await withdrawnCase();
    // To both of the withdrawal, and to the one with an address of the pre-check.
    expect(await store.unsentNotices(caseNumber)).toBe(3);
    await t.db.notice.updateMany({ where: { caseNumber, party: 'a' }, data: { state: 'sending' } });
    await t.db.notice.updateMany({ where: { caseNumber, party: 'b' }, data: { state: 'failed' } });
    expect(await store.unsentNotices(caseNumber)).toBe(2);
    for (const state of ['sent', 'delivered', 'undelivered', 'to-call', 'called', 'failed', 'cancelled']) {
      await t.db.notice.updateMany({ where: { caseNumber, party: 'a' }, data: { state } });
      expect([state, await store.unsentNotices(caseNumber)]).toEqual([state, 0]);
    }
  });

  it('are all steps in order and all notices, without sealed columns', async () => {
    const caseNumber = await withdrawnCase();
    const noticeId = (await t.db.notice.findFirstOrThrow({ where: { caseNumber }, orderBy: { id: 'asc' } }))
      .id;
    await t.db.noticeAttempt.create({
      data: {
        noticeId,
        n: 1,
        channel: 'sms',
        at: new Date(NOW),
        state: 'delivered',
        providerId: `SM${caseNumber}`,
        receiptAt: new Date(NOW + 1_000),
        addressIndex: 'blind',
        templateVersion: 'withdrawn/zh-Hans/1',
        parts: 1,
        sealedText: new Uint8Array([1]),
      },
    });
    const { acts, notices } = (await store.records(caseNumber)) as unknown as {
      acts: Readonly<Record<string, unknown>>[];
      notices: Readonly<Record<string, unknown>>[];
    };
    expect(acts.map(({ kind }) => kind)).toEqual(['open', 'submit', 'pass', 'accept', 'withdraw']);
    expect(notices).toHaveLength(3);
    for (const each of [...acts, ...notices])
      expect(Object.keys(each).filter((key) => key.startsWith('sealed'))).toEqual([]);
    expect(notices.map(({ tries }) => tries)).toEqual([
      [
        {
          n: 1,
          channel: 'sms',
          at: new Date(NOW).toISOString(),
          state: 'delivered',
          providerId: `SM${caseNumber}`,
          error: null,
          receiptAt: new Date(NOW + 1_000).toISOString(),
          templateVersion: 'withdrawn/zh-Hans/1',
          parts: 1,
        },
      ],
      [],
      [],
    ]);
    expect(acts[4]?.['at']).toBe(new Date(at('2026-11-03')).toISOString());
  });

  it('and every document, opened, under a name that says nothing of what it was called', async () => {
    const caseNumber = await withdrawnCase();
    const bytes = Buffer.from('scan');
    const { objectId, sha256 } = await objects.put(caseNumber, bytes);
    await t.db.document.create({
      data: {
        id: 'd-1',
        caseNumber,
        kind: 'agreement',
        sealedName: await t.cipher.seal(caseNumber, 'document.name', '我的协议.pdf'),
        mediaType: 'application/pdf',
        pages: 2,
        size: bytes.length,
        objectKey: objectId,
        sha256,
        uploadedBy: 'staff-1',
        uploadedAt: new Date(NOW),
      },
    });
    expect(await store.documents(caseNumber)).toEqual([
      {
        path: 'documents/agreement-d-1.pdf',
        role: 'agreement',
        mediaType: 'application/pdf',
        bytes,
        pages: 2,
      },
    ]);
    const kept = await store.keep(caseNumber, Buffer.from('volume'));
    expect((await objects.get(caseNumber, kept)).toString()).toBe('volume');
  });
});
