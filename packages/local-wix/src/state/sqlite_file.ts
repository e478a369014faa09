import { DatabaseSync } from "node:sqlite";
import type { StateFile } from "./tables.ts";

/** "LWix": tells our files from other SQLite databases. */
const APPLICATION_ID = 0x4c576978;
const FORMAT = 2;

/**
 * Opens, or creates, a state file: an SQLite database.
 *
 * @throws {Error} when it cannot be used, with the reason.
 */
export function openSqliteFile(path: string): StateFile {
  try {
    const database = new DatabaseSync(path);
    try {
      return keepRows(database);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const reason = text === "database is locked"
      ? "another process is using it"
      : text;
    throw new Error(`Cannot use state file ${path}: ${reason}`);
  }
}

function keepRows(database: DatabaseSync): StateFile {
  // The write-ahead log with `FULL` reaches the disk before a commit returns;
  // the lock keeps a second process out, whose tables would go stale.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
  `);
  prepareFormat(database);
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
    write(changes) {
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

function prepareFormat(database: DatabaseSync): void {
  const read = (sql: string) =>
    Object.values(database.prepare(sql).get() ?? {})[0];
  if (read("SELECT count(*) FROM sqlite_schema") === 0) {
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
  if (read("PRAGMA application_id") !== APPLICATION_ID) {
    throw new Error("it is a database of another program");
  }
  const format = read("PRAGMA user_version");
  if (format === FORMAT) return;
  throw new Error(
    `it has format ${format}, and this local Wix reads ${FORMAT}. ` +
      "Delete it, or name another file",
  );
}
