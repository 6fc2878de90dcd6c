import { beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from '@cantoo/pdf-lib';
import { config, get, post } from './support/client.ts';
import { application } from './support/couples.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let path: string;
let pdf: Buffer;
beforeAll(async () => {
  const { caseNumber } = (await post('clerk', '/cases', application())).body as { caseNumber: string };
  path = `/cases/${caseNumber}/documents`;
  const made = await PDFDocument.create();
  for (let page = 0; page < 3; page += 1) made.addPage();
  pdf = Buffer.from(await made.save());
});

function form(bytes: Buffer, name: string, type: string, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  data.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return data;
}

describe('an upload', () => {
  it('is stored, listed, and given back as it was', async () => {
    const name = '结婚证 (1).png';
    const kept = await post(
      'clerk',
      path,
      form(PNG, name, 'image/png', { kind: 'marriage-certificate', party: 'a' }),
    );
    expect(kept).toMatchObject({ status: 201, body: { kind: 'marriage-certificate', party: 'a', pages: 1 } });
    const listed = (await get('clerk', path)).body.documents as { id: string; name: string }[];
    expect(listed).toContainEqual(expect.objectContaining({ id: kept.body.id, name }));
    const read = await get('clerk', `${path}/${kept.body.id}`);
    expect(read.bytes.equals(PNG)).toBe(true);
    expect(read.headers.get('content-type')).toBe('image/png');
    expect(read.headers.get('x-content-type-options')).toBe('nosniff');
    expect(read.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('结婚证 ')}%281%29.png`,
    );
  });

  it('has its pages counted, and sent twice is one document', async () => {
    const first = await post(
      'clerk',
      path,
      form(pdf, 'agreement.pdf', 'application/pdf', { kind: 'agreement' }),
    );
    const second = await post(
      'clerk',
      path,
      form(pdf, 'again.pdf', 'application/pdf', { kind: 'agreement' }),
    );
    expect(first.body).toMatchObject({ pages: 3, kind: 'agreement' });
    expect(second.body.id).toBe(first.body.id);
  });

  it.each([
    ['a picture called PDF', PNG, 'scan.pdf', 'application/pdf', 'FILE_TYPE_MISMATCH'],
    ['a picture declared as another', PNG, 'scan.png', 'image/jpeg', 'FILE_TYPE_MISMATCH'],
    ['text called PNG', Buffer.from('hello, this is only text'), 'a.png', 'image/png', 'FILE_TYPE_MISMATCH'],
    [
      'a program',
      Buffer.from('MZ'.padEnd(200, '\0')),
      'run.exe',
      'application/octet-stream',
      'FILE_TYPE_NOT_ALLOWED',
    ],
    ['nothing', Buffer.alloc(0), 'a.png', 'image/png', 'FILE_EMPTY'],
    ['half a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<'), 'a.pdf', 'application/pdf', 'FILE_UNREADABLE'],
  ])('of %s is refused', async (_what, bytes, name, type, code) => {
    const reply = await post('clerk', path, form(bytes, name, type));
    expect(reply).toMatchObject({ status: 422, body: { code, field: 'file' } });
  });

  it('too large is refused', async () => {
    const huge = Buffer.concat([PNG, Buffer.alloc(config.api.uploadLimitBytes)]);
    expect(await post('clerk', path, form(huge, 'a.png', 'image/png'))).toMatchObject({
      status: 413,
      body: { code: 'FILE_TOO_LARGE' },
    });
  });

  it('without a file, or not as a form, is refused', async () => {
    const empty = new FormData();
    empty.set('kind', 'agreement');
    expect((await post('clerk', path, empty)).body.code).toBe('FILE_MISSING');
    expect((await post('clerk', path, { kind: 'agreement' })).body.code).toBe('MEDIA_TYPE_NOT_SUPPORTED');
  });

  it('is read with its own case only', async () => {
    const { body } = await post('clerk', path, form(PNG, 'b.png', 'image/png', { kind: 'other' }));
    const other = (await post('clerk', '/cases', application())).body.caseNumber;
    const reply = await get('clerk', `/cases/${other}/documents/${body.id}`);
    expect(reply).toMatchObject({ status: 404, body: { code: 'DOCUMENT_UNKNOWN' } });
  });
});
