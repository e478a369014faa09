import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import type { Change, Row, StateFile } from "./tables.ts";

/** First line of a state file. */
const HEADER = '{"localWixState":3}';

/**
 * Opens, or creates, a state file: a line of JSON for each
 * {@linkcode StateFile.write}, with all of its changes or, where a crash cut it
 * off, none. It runs wherever `node:fs` does.
 *
 * The process that opened it last owns it; another one gets an error at its
 * next write.
 *
 * @throws {Error} when it cannot be used, with the reason.
 */
export function openLogFile(path: string): StateFile {
  try {
    return append(path, existsSync(path) ? readRows(path) : []);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot use state file ${path}: ${reason}`);
  }
}

function readRows(path: string): Row[] {
  // The last line has no end when a crash came between.
  const [header, ...lines] = readFileSync(path, "utf8").split("\n").slice(
    0,
    -1,
  );
  if (header !== HEADER) {
    throw new Error(
      "it is not a state file of this version. Delete it, or name another file",
    );
  }
  const rows = new Map<string, Row>();
  for (const line of lines) {
    const changes: Change[] = JSON.parse(line);
    for (const { table, id, json } of changes) {
      const key = JSON.stringify([table, id]);
      if (json === null) rows.delete(key);
      else rows.set(key, { table, id, json });
    }
  }
  return [...rows.values()];
}

function append(path: string, rows: readonly Row[]): StateFile {
  // A copy without what is out of date replaces the file at once.
  const copy = `${path}.new`;
  const file = openSync(copy, "w");
  let size = 0;
  const write = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let sent = 0; sent < bytes.length;) {
        sent += writeSync(file, bytes, sent, bytes.length - sent, size + sent);
      }
      fdatasyncSync(file);
    } catch (error) {
      ftruncateSync(file, size);
      throw error;
    }
    size += bytes.length;
  };
  write(`${HEADER}\n${JSON.stringify(rows)}\n`);
  renameSync(copy, path);
  const { ino } = fstatSync(file);
  return {
    rows: () => rows,
    write(changes) {
      if (statSync(path).ino !== ino) {
        throw new Error(`Cannot write ${path}: another process has opened it`);
      }
      write(`${JSON.stringify(changes)}\n`);
    },
    close: () => closeSync(file),
  };
}
