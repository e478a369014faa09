/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 up to, and without, 1. */
  next(): number {
    this.#state = this.#state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(this.#state ^ this.#state >>> 15, 1 | this.#state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of `items`. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new RangeError("Cannot pick: no items");
    return item;
  }

  /** Printable ASCII, up to `length` characters. */
  ascii(length: number): string {
    return this.#characters(length, 0x20, 0x7e);
  }

  /** Any characters, up to `length`. */
  text(length: number): string {
    return this.#characters(length, 0, this.chance(0.5) ? 0x7f : 0xd7ff);
  }

  #characters(length: number, from: number, to: number): string {
    const codes = Array.from(
      { length: this.integer(0, length) },
      () => this.integer(from, to),
    );
    return String.fromCharCode(...codes);
  }
}
