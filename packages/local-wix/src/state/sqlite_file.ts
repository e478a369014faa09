import { DatabaseSync } from "node:sqlite";
import type { Change, StateFile } from "./state.ts";

/** "LWix": tells our files from other SQLite databases. */
const APPLICATION_ID = 0x4c576978;
const FORMAT = 1;

/**
 * Opens, or creates, a state file: an SQLite database.
 *
 * @throws {Error} when it cannot be used, such as "it is in use".
 */
export function openSqliteFile(path: string): StateFile {
  try {
    return open(path);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const reason = text === "database is locked"
      ? "another process is using it"
      : text;
    throw new Error(`Cannot use state file ${path}: ${reason}`);
  }
}

function open(path: string): StateFile {
  const database = new DatabaseSync(path);
  try {
    // The write-ahead log with `FULL` reaches the disk before a commit returns;
    // the lock keeps a second process out, whose tables would go stale.
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
    `);
    prepareFormat(database);
    return keepRows(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareFormat(database: DatabaseSync): void {
  const { objects } = database.prepare(
    "SELECT count(*) AS objects FROM sqlite_schema",
  ).get() ?? {};
  if (objects === 0) {
    database.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE rows (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        "table" TEXT NOT NULL,
        id TEXT NOT NULL,
        json TEXT NOT NULL,
        UNIQUE ("table", id)
      );
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${FORMAT};
      COMMIT;
    `);
  }
  const { application_id } = database.prepare("PRAGMA application_id").get() ??
    {};
  if (application_id !== APPLICATION_ID) {
    throw new Error("it is a database of another program");
  }
  const { user_version } = database.prepare("PRAGMA user_version").get() ?? {};
  if (user_version !== FORMAT) {
    throw new Error(
      `it has format ${user_version}, and this local Wix knows ${FORMAT}`,
    );
  }
}

function keepRows(database: DatabaseSync): StateFile {
  const select = database.prepare(
    'SELECT "table", id, json FROM rows ORDER BY position',
  );
  // An update keeps the row's position, as `Map.set` does.
  const put = database.prepare(`
    INSERT INTO rows ("table", id, json) VALUES (?, ?, ?)
    ON CONFLICT ("table", id) DO UPDATE SET json = excluded.json
  `);
  const remove = database.prepare(
    'DELETE FROM rows WHERE "table" = ? AND id = ?',
  );
  return {
    rows: () =>
      select.all().map(({ table, id, json }) => ({
        table: String(table),
        id: String(id),
        json: String(json),
      })),
    write(changes: readonly Change[]) {
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const { table, id, json } of changes) {
          if (json === null) remove.run(table, id);
          else put.run(table, id, json);
        }
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => database.close(),
  };
}
