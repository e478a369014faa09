/** A row as a file keeps it. */
export interface Row {
  readonly table: string;
  readonly id: string;
  readonly json: string;
}

/** A row that has changed: its new value as JSON, or null when it is gone. */
export interface Change extends Omit<Row, "json"> {
  readonly json: string | null;
}

/** Where rows outlive the process. */
export interface StateFile {
  /** Every row, in the order in which its table had them. */
  rows(): readonly Row[];
  /** Writes all of `changes` or none; what it has written survives a crash. */
  write(changes: readonly Change[]): void;
  close(): void;
}

/**
 * The state of local Wix, in tables. They are kept in memory; with a file,
 * changes are written there by {@linkcode State.commit}, which the server calls
 * before it sends a response.
 */
export class State {
  /** Whether there is nothing from an earlier run. */
  readonly isNew: boolean;
  #file: StateFile | undefined;
  readonly #kept: readonly Row[];
  // deno-lint-ignore no-explicit-any -- a table's name stands for its type
  readonly #tables = new Map<string, Table<any>>();
  #changes: Change[] = [];

  constructor(file?: StateFile) {
    this.#file = file;
    this.#kept = file?.rows() ?? [];
    this.isNew = this.#kept.length === 0;
  }

  /** The number of rows in each table. */
  get sizes(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#tables].map(([name, { size }]) => [name, size]),
    );
  }

  /**
   * The table of this name; its values have to be `T`, and fit into JSON.
   *
   * @param limit Rows it may have; one more drops the oldest. Default: any.
   */
  table<T>(name: string, limit = Infinity): Table<T> {
    const known = this.#tables.get(name);
    if (known) return known;
    let loading = true;
    const table = new Table<T>(limit, (id, value) => {
      if (!this.#file || loading) return;
      const json = value === undefined ? null : JSON.stringify(value);
      this.#changes.push({ table: name, id, json });
    });
    for (const row of this.#kept) {
      if (row.table === name) table.set(row.id, JSON.parse(row.json));
    }
    loading = false;
    this.#tables.set(name, table);
    return table;
  }

  /**
   * Saves all changes, so that they survive a crash. If it throws, the next
   * call saves them.
   */
  commit(): void {
    if (this.#changes.length === 0) return;
    this.#file?.write(this.#changes);
    this.#changes = [];
  }

  /** Closes the file and discards uncommitted changes. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}

/**
 * A map in a {@linkcode State}. Values changed in place are not saved: set a
 * new one.
 */
export class Table<T> extends Map<string, T> {
  readonly #limit: number;
  readonly #changed: (id: string, value: T | undefined) => void;

  constructor(
    limit: number,
    changed: (id: string, value: T | undefined) => void,
  ) {
    super();
    this.#limit = limit;
    this.#changed = changed;
  }

  /** Every value, in the order of insertion. */
  get list(): readonly T[] {
    return [...this.values()];
  }

  /** Keeps `value` under its own id. */
  put(value: T & { readonly id: string }): void {
    this.set(value.id, value);
  }

  override set(id: string, value: T): this {
    this.#changed(id, value);
    super.set(id, value);
    const [oldest] = this.size > this.#limit ? this.keys() : [];
    if (oldest !== undefined) this.delete(oldest);
    return this;
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
