/** A row that has changed: its new value as JSON, or null when it is gone. */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly json: string | null;
}

/** Where rows outlive the process. */
export interface StateFile {
  /** Every row, in the order in which its table had them. */
  rows(): Iterable<Readonly<Record<"table" | "id" | "json", string>>>;
  /** Writes all of `changes` or none; what it has written survives a crash. */
  write(changes: readonly Change[]): void;
  close(): void;
}

/**
 * What local Wix remembers, in tables. They live in memory; with a file, what
 * has changed is written there when {@linkcode State.commit} is called, which
 * the server does before it sends an answer.
 */
export class State {
  readonly #file: StateFile | undefined;
  // deno-lint-ignore no-explicit-any -- a table's name stands for its type
  readonly #tables = new Map<string, Table<any>>();
  #changes: Change[] = [];

  constructor(file?: StateFile) {
    this.#file = file;
    for (const { table, id, json } of file?.rows() ?? []) {
      this.table(table).set(id, JSON.parse(json));
    }
    this.#changes = [];
  }

  /** Whether nothing has been kept so far. */
  get isEmpty(): boolean {
    return this.#tables.values().every(({ size }) => size === 0);
  }

  /** The table of this name; its values have to be `T`, and fit into JSON. */
  table<T>(name: string): Table<T> {
    const known = this.#tables.get(name);
    if (known) return known;
    const table = new Table<T>((id, value) => {
      if (!this.#file) return;
      const json = value === undefined ? null : JSON.stringify(value);
      this.#changes.push({ table: name, id, json });
    });
    this.#tables.set(name, table);
    return table;
  }

  /**
   * Makes what has changed so far survive a crash. When it throws, the changes
   * wait for the next call.
   */
  commit(): void {
    if (this.#changes.length === 0) return;
    this.#file?.write(this.#changes);
    this.#changes = [];
  }

  /** Commits and lets go of the file. */
  close(): void {
    this.commit();
    this.#file?.close();
  }
}

/**
 * A map that a {@linkcode State} keeps. A value that is changed in place goes
 * unnoticed: put a new one.
 */
export class Table<T> extends Map<string, T> {
  readonly #changed: (id: string, value: T | undefined) => void;

  constructor(changed: (id: string, value: T | undefined) => void) {
    super();
    this.#changed = changed;
  }

  override set(id: string, value: T): this {
    this.#changed(id, value);
    return super.set(id, value);
  }

  override delete(id: string): boolean {
    if (this.has(id)) this.#changed(id, undefined);
    return super.delete(id);
  }

  override clear(): void {
    for (const id of this.keys()) this.#changed(id, undefined);
    super.clear();
  }
}
