/**
 * Polls until `look` answers without throwing; what it throws at last is thrown.
 * @param withinMs default 20 s, since the machine may be busy with other suites
 */
export async function eventually<T>(look: () => Promise<T>, withinMs = 20_000): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(60);
    }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
