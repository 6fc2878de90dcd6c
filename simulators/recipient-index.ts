/** Numbers are written with and without country code; their last digits tell nearly all apart. */
const DIGITS = 8;

/** Finds messages by recipient without looking through all of them. */
export class RecipientIndex {
  readonly #keys = new Map<string, Set<string>>();

  add({ key, to }: { readonly key: string; readonly to: string }): void {
    const place = placeOf(to) ?? '';
    const keys = this.#keys.get(place);
    if (keys === undefined) this.#keys.set(place, new Set([key]));
    else keys.add(key);
  }

  remove({ key, to }: { readonly key: string; readonly to: string }): void {
    const place = placeOf(to) ?? '';
    const keys = this.#keys.get(place);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(place);
  }

  /**
   * Keys of all messages that may be to `wanted`, oldest first, and of few others; undefined when `wanted` is too
   * short to say.
   */
  find(wanted: string): Iterable<string> | undefined {
    const place = placeOf(wanted);
    return place === undefined ? undefined : (this.#keys.get(place) ?? []);
  }

  clear(): void {
    this.#keys.clear();
  }
}

function placeOf(recipient: string): string | undefined {
  if (recipient.includes('@')) return recipient.toLowerCase();
  const digits = recipient.replace(/\D/g, '');
  return digits.length < DIGITS ? undefined : digits.slice(-DIGITS);
}
