import { createHash } from 'node:crypto';
import type { Fault, FaultMix, Mode } from './faults.ts';
import { isRecipient } from './recipient.ts';

/** A number nobody has stays so, however often it is tried. */
const ALWAYS_THE_SAME: readonly Mode[] = ['reject-recipient'];

/**
 * Several faults at once. Whether one strikes is drawn from the seed, the recipient and how often this recipient has
 * been drawn for before: a run repeats itself even when its messages arrive in another order.
 */
export class Mixed {
  readonly #mix: FaultMix;
  readonly #drawn = new Map<string, number>();
  readonly #struck = new Map<Fault, number>();

  constructor(mix: FaultMix) {
    this.#mix = mix;
  }

  /** The first fault of `modes` that strikes now. */
  take(modes: readonly Mode[], to = ''): Fault | undefined {
    for (const [index, fault] of this.#mix.mix.entries()) {
      if (!modes.includes(fault.mode)) continue;
      if (fault.to !== undefined && !isRecipient(to, fault.to)) continue;
      const struck = this.#struck.get(fault) ?? 0;
      if (struck >= (fault.count ?? Infinity) || this.#draw(index, fault.mode, to) >= (fault.rate ?? 1))
        continue;
      this.#struck.set(fault, struck + 1);
      return fault;
    }
    return undefined;
  }

  /** The mix, with how often each of its faults has struck. */
  list(): { seed: number; mix: readonly (Fault & { struck: number })[] } {
    const { seed, mix } = this.#mix;
    return { seed, mix: mix.map((fault) => ({ ...fault, struck: this.#struck.get(fault) ?? 0 })) };
  }

  /** From 0 to below 1. */
  #draw(index: number, mode: Mode, to: string): number {
    const whose = `${index} ${to}`;
    const times = ALWAYS_THE_SAME.includes(mode) ? 0 : (this.#drawn.get(whose) ?? 0);
    this.#drawn.set(whose, times + 1);
    const digest = createHash('sha1').update(`${this.#mix.seed} ${whose} ${times}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }
}
