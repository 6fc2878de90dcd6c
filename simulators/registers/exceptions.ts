import { Journal } from '../journal.ts';

export const REGISTERS = {
  marriage: ['married', 'divorced', 'annulled', 'not-found', 'other-couple'],
  household: ['match', 'name-differs', 'not-found', 'deceased'],
} as const;

export type RegisterName = keyof typeof REGISTERS;

/** An entry somebody has set; its fields are what the register answers. */
export interface Exception {
  readonly key: string;
  readonly register: RegisterName;
  /** Certificate number (marriage) or identity number (household). */
  readonly number: string;
  readonly answer: Readonly<Record<string, string>>;
}

const FIELDS: Record<RegisterName, readonly string[]> = {
  marriage: ['registeredOn', 'office', 'recordedOn'],
  household: ['maritalStatus', 'name'],
};

/** Entries that differ from the rule by which the registers answer on their own. */
export class Exceptions {
  readonly #journal: Journal<Exception>;
  readonly #entries: Map<string, Exception>;

  constructor(directory: string | undefined) {
    this.#journal = new Journal(directory, 'registers');
    const kept = this.#journal.load();
    this.#entries = new Map(kept.map((entry) => [entry.key, entry]));
    this.#journal.compact(kept);
  }

  find(register: RegisterName, number: string): Readonly<Record<string, string>> | undefined {
    return this.#entries.get(keyOf(register, number))?.answer;
  }

  /** @returns what is wrong with the entry, if anything. */
  set(register: RegisterName, number: string, input: unknown): string | undefined {
    const given =
      typeof input === 'object' && input !== null ? Object.fromEntries(Object.entries(input)) : {};
    const statuses: readonly string[] = REGISTERS[register];
    if (typeof given['status'] !== 'string' || !statuses.includes(given['status'])) {
      return `status must be one of: ${statuses.join(', ')}`;
    }
    const answer: Record<string, string> = { status: given['status'] };
    for (const field of FIELDS[register]) {
      const value = given[field] as unknown;
      if (value === undefined) continue;
      if (typeof value !== 'string' || value.length > 200) return `${field} must be a short text`;
      answer[field] = value;
    }
    const entry = { key: keyOf(register, number), register, number, answer };
    this.#entries.set(entry.key, entry);
    this.#journal.put(entry);
    return undefined;
  }

  remove(register: RegisterName, number: string): void {
    this.#entries.delete(keyOf(register, number));
    this.#journal.remove(keyOf(register, number));
  }

  list(): Exception[] {
    return [...this.#entries.values()];
  }
}

function keyOf(register: RegisterName, number: string): string {
  return `${register}/${number.trim().toUpperCase()}`;
}
