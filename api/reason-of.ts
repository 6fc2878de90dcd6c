/** What a log may say of a failure: its name. Its message may quote what it was about. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
