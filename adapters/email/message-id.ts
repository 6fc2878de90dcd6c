import { createHash } from 'node:crypto';

/**
 * The Message-ID of every attempt at one notice: a receiving system that gets it twice keeps one. Hashed,
 * because a reference may hold characters a Message-ID may not.
 *
 * @param from the sender, plain address or `Name <address>`.
 */
export function messageIdFor(reference: string, from: string): string {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return `<${createHash('sha256').update(reference).digest('hex').slice(0, 40)}@${domain}>`;
}
