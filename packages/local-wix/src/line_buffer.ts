const PAUSE_MILLISECONDS = 20;

/**
 * Collects lines and writes many at once: writing each by itself would take
 * longer than answering the request it tells of.
 */
export class LineBuffer implements Disposable {
  readonly #write: (text: string) => void;
  #lines: string[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Takes a line, to be written a moment later. */
  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 1) return;
    setTimeout(() => this.#flush(), PAUSE_MILLISECONDS);
  }

  [Symbol.dispose](): void {
    this.#flush();
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    const text = this.#lines.join("\n");
    this.#lines = [];
    this.#write(text);
  }
}
