import type { VolumeEntry } from '../archive/volume/seal-volume.ts';
import type { PaperFacts, Printable } from './port.ts';
import { printPaper } from './print-paper.ts';

/**
 * The papers the office itself makes out and keeps, by how the case ended. What is signed by hand (application,
 * declaration, interview record) comes into the volume as the scan that was uploaded; certificates leave the house.
 */
const KEPT = {
  registered: ['review-form', 'receipt'],
  withdrawn: ['withdrawal-confirmation', 'receipt'],
  'deemed-withdrawn': ['receipt'],
} as const satisfies Record<string, readonly Printable[]>;

const ROLES: Partial<Record<Printable, VolumeEntry['role']>> = { 'review-form': 'review-form' };

/** The office's own papers of one ended case, as volume entries. */
export async function volumePapers(facts: PaperFacts): Promise<VolumeEntry[]> {
  const entries: VolumeEntry[] = [];
  for (const paper of facts.stage in KEPT ? KEPT[facts.stage as keyof typeof KEPT] : []) {
    const bytes = await printPaper(facts, paper);
    if (bytes) {
      entries.push({
        path: `papers/${paper}.pdf`,
        role: ROLES[paper] ?? 'application-paper',
        mediaType: 'application/pdf',
        bytes,
      });
    }
  }
  return entries;
}
