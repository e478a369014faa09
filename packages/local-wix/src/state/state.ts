import { BoundedMap } from "../bounded_map.ts";

/** A row that has changed: its new value as JSON, or null when it is gone. */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly json: string | null;
}

/** A row as a file keeps it. */
export interface Row {
  readonly table: string;
  readonly id: string;
  readonly json: string;
}

/** Where rows outlive the process. */
export interface StateFile {
  /** Every row, in the order in which its table had them. */
  rows(): Iterable<Row>;
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
  /** Whether there is nothing from an earlier run. */
  readonly isNew: boolean;
  #file: StateFile | undefined;
  readonly #kept: ReadonlyMap<string, readonly Row[]>;
  // deno-lint-ignore no-explicit-any -- a table's name stands for its type
  readonly #tables = new Map<string, Table<any>>();
  #changes: Change[] = [];

  constructor(file?: StateFile) {
    this.#file = file;
    this.#kept = Map.groupBy(file?.rows() ?? [], ({ table }) => table);
    this.isNew = this.#kept.size === 0;
  }

  /** How many rows each table has. */
  get sizes(): ReadonlyMap<string, number> {
    return new Map(
      this.#tables.entries().map(([name, { size }]) => [name, size]),
    );
  }

  /**
   * The table of this name; its values have to be `T`, and fit into JSON.
   *
   * @param limit Rows it may have; one more ends the oldest. Default: any.
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
    for (const { id, json } of this.#kept.get(name) ?? []) {
      table.set(id, JSON.parse(json));
    }
    loading = false;
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

  /** Commits and lets go of the file; what changes later is not kept. */
  close(): void {
    this.commit();
    this.#file?.close();
    this.#file = undefined;
  }
}

/**
 * A map that a {@linkcode State} keeps. A value that is changed in place goes
 * unnoticed: put a new one.
 */
export class Table<T> extends BoundedMap<string, T> {
  readonly #changed: (id: string, value: T | undefined) => void;

  constructor(
    limit: number,
    changed: (id: string, value: T | undefined) => void,
  ) {
    super(limit);
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
