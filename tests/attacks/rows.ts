/**
 * Which rows of the catalogue are named by which test.
 *
 * @module
 */
import { CATALOGUE } from "./catalogue.ts";

/**
 * Returns the test files that name each row of the catalogue, by id. A file
 * that is only about the catalogue does not count.
 *
 * @param folder Of the tests, with a slash at the end.
 */
export async function coverage(
  folder: string,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(
    Object.keys(CATALOGUE).map((id) => [id, []]),
  );
  for await (const file of sources(folder)) {
    const text = await Deno.readTextFile(folder + file);
    const ids = new Set(text.match(/\b[RTCXHPIUSD]\d{1,2}\b/g));
    for (const id of ids) found.get(id)?.push(file);
  }
  return found;
}

async function* sources(
  folder: string,
  path = "",
): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder + path)) {
    const file = path + name;
    // The contract of Fresh has ids of its own.
    if (isDirectory && name !== "contract") {
      yield* sources(folder, `${file}/`);
    } else if (/\.tsx?$/.test(name) && !/^(catalogue|rows)\.ts$/.test(name)) {
      yield file;
    }
  }
}
