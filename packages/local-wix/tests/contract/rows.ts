/** Contract cases as rows of tables: each row is a test of its own. */
import { assertEquals } from "@std/assert";
import { at } from "../helpers/http.ts";
import { it, type Site } from "../helpers/site.ts";

/** What no type checks: rows also send what is wrong. */
export type Loose = ReturnType<typeof Object>;

/** A part of a row; of a function, no type checks the parameters. */
type Part =
  | ((...sent: Loose[]) => unknown)
  | object
  | string
  | number
  | boolean
  | null
  | undefined;

/**
 * Registers a contract case for each row, named by `title` with the row's parts
 * for `$0`, `$1` and so on. `run` gets the parts; the last one is what has to come
 * of it. Of a list, that is the number of its items or, as a text, their slugs.
 */
export function each(
  rows: readonly (readonly Part[])[],
  title: string,
  run: (site: Site, ...parts: Loose[]) => unknown,
): void {
  for (const row of rows) {
    const name = title.replace(/\$(\d)/g, (_, index) => shown(row[index]));
    const expected = row.at(-1);
    it.local(name, async (site) => {
      const found = await outcome(() => run(site, ...row));
      const isCount = Array.isArray(found) && typeof expected === "number";
      const isText = Array.isArray(found) && typeof expected === "string";
      const seen = isCount ? found.length : isText ? listed(found) : found;
      assertEquals(seen, expected);
    });
  }
}

/** Registers a case for each row of a name, a call and what comes of it. */
export function cases(
  rows: readonly [string, (site: Site) => unknown, Part][],
): void {
  each(rows, "$0", (site, _, call) => call(site));
}

/**
 * The result of a call; or, as a text, status and code of the error from Wix, or
 * the field that it refuses. Throws what is no error from Wix.
 */
export async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const status = at(error, "status");
    const code = at(error, "details.applicationError.code");
    const violation = "details.validationError.fieldViolations.0.field";
    const field = at(error, violation);
    // The SDK calls the parameter of many methods so.
    const named = String(field).replace(/^(options|undefined)\./, "");
    const said = [status, field ? named : code === status ? undefined : code]
      .filter((part) => part !== undefined);
    if (said.length === 0) throw error;
    return said.join(" ");
  }
}

/** A call of a query builder. */
export type Step = readonly [method: string, ...args: unknown[]];

/** `builder` after `steps`. */
export function build(builder: unknown, steps: readonly Step[]): Loose {
  return steps.reduce(
    (built, [method, ...args]) => Object(built)[method](...args),
    builder,
  );
}

/** The items that a query finds with `steps`. */
export async function find(
  builder: unknown,
  steps: readonly Step[],
): Promise<Loose[]> {
  return (await build(builder, steps).find()).items;
}

/** The texts at `path` of each item, with spaces between. */
export function listed(items: readonly unknown[] = [], path = "slug"): string {
  return items.map((item) => String(at(item, path))).join(" ");
}

/** `value` in a name. */
function shown(value: unknown): string {
  if (value === "") return "nothing";
  return JSON.stringify(value)?.replaceAll('"', "") ?? "nothing";
}
