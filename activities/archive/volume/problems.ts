/** What can be wrong with a volume. */
export const PROBLEM_CODES = [
  'not-a-tar',
  'manifest-missing',
  'manifest-broken',
  'seal-mismatch',
  'role-order',
  'entry-missing',
  'entry-added',
  'entry-changed',
  'entry-repeated',
  'entry-reordered',
  'container-altered',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface VolumeProblem {
  readonly code: ProblemCode;
  /** The file concerned; absent when it is the volume as a whole. */
  readonly path?: string;
}

/** What a problem means, for a person. */
export const PROBLEM_MEANINGS: Readonly<Record<ProblemCode, string>> = {
  'not-a-tar': 'the file is not a readable TAR',
  'manifest-missing': 'manifest.json is not the first file',
  'manifest-broken': 'manifest.json is not in the form the system writes',
  'seal-mismatch': 'the manifest does not agree with its own seal',
  'role-order': 'the manifest lists papers outside the order of binding',
  'entry-missing': 'listed in the manifest, absent from the volume',
  'entry-added': 'in the volume, not listed in the manifest',
  'entry-changed': 'content differs from what was sealed',
  'entry-repeated': 'present more than once',
  'entry-reordered': 'not at the place it was sealed at',
  'container-altered': 'bytes between or around the files were altered',
};
