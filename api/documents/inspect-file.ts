import { PDFDocument } from '@cantoo/pdf-lib';
import { fileTypeFromBuffer } from 'file-type';
import type { UploadedFile } from '../http/route.ts';
import { invalidFields } from '../problems/problem.ts';

/** What may be uploaded, with the endings and types people's devices give it. */
const MEDIA_TYPES = {
  'image/jpeg': {
    endings: ['jpg', 'jpeg', 'jpe', 'jfif'],
    declared: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  },
  'image/png': { endings: ['png'], declared: ['image/png', 'image/x-png'] },
  'image/heic': { endings: ['heic', 'heif'], declared: ['image/heic', 'image/heif'] },
  'application/pdf': { endings: ['pdf'], declared: ['application/pdf', 'application/x-pdf'] },
} as const satisfies Record<string, { endings: readonly string[]; declared: readonly string[] }>;
export type MediaType = keyof typeof MEDIA_TYPES;
export const UPLOAD_MEDIA_TYPES = Object.keys(MEDIA_TYPES) as MediaType[];

export interface InspectedFile {
  readonly mediaType: MediaType;
  readonly pages: number;
}

/**
 * What a file really is, by its first bytes; its name and declared type must say the same.
 * @throws Problem 422 FILE_EMPTY, FILE_TYPE_NOT_ALLOWED, FILE_TYPE_MISMATCH, FILE_UNREADABLE
 */
export async function inspectFile(file: UploadedFile): Promise<InspectedFile> {
  if (file.bytes.length === 0) throw wrong('FILE_EMPTY');
  const mediaType = await sniff(file.bytes);
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(file.name)?.[1]?.toLowerCase();
  const claimed = claimOf(ending, file.mediaType);
  if (mediaType === undefined) throw wrong(claimed ? 'FILE_TYPE_MISMATCH' : 'FILE_TYPE_NOT_ALLOWED');
  const { endings, declared } = MEDIA_TYPES[mediaType];
  const saysOtherEnding = ending !== undefined && !(endings as readonly string[]).includes(ending);
  // A client that knows no better declares octets.
  const type = file.mediaType.toLowerCase();
  const saysOtherType =
    type !== '' && type !== 'application/octet-stream' && !(declared as readonly string[]).includes(type);
  if (saysOtherEnding || saysOtherType) throw wrong('FILE_TYPE_MISMATCH');
  return { mediaType, pages: mediaType === 'application/pdf' ? await pagesOf(file.bytes) : 1 };
}

async function sniff(bytes: Buffer): Promise<MediaType | undefined> {
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === 'image/heif') return 'image/heic';
  return UPLOAD_MEDIA_TYPES.find((type) => type === found?.mime);
}

/** Whether name or declared type say that it is one of ours. */
function claimOf(ending: string | undefined, mediaType: string): boolean {
  return Object.values(MEDIA_TYPES).some(
    ({ endings, declared }) =>
      (ending !== undefined && (endings as readonly string[]).includes(ending)) ||
      (declared as readonly string[]).includes(mediaType.toLowerCase()),
  );
}

async function pagesOf(bytes: Buffer): Promise<number> {
  try {
    const pdf = await PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false });
    return pdf.getPageCount();
  } catch {
    throw wrong('FILE_UNREADABLE');
  }
}

function wrong(code: string): Error {
  return invalidFields([{ field: 'file', code }]);
}
