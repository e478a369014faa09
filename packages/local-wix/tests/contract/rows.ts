/** Contract cases as rows of tables: each is a test of its own. */
import { assertEquals } from "@std/assert";
import { at } from "../helpers/http.ts";
import { it, type Site } from "../helpers/site.ts";

/** A client whose calls are not type-checked: rows also send what is wrong. */
export type Loose = ReturnType<typeof Object>;

/** A behavior, a call that shows it, and what comes of the call. */
export type Row = readonly [
  name: string,
  call: (site: Site) => unknown,
  expected: unknown,
];

/** Registers a contract case for each row. */
export function cases(rows: readonly Row[]): void {
  for (const [name, call, expected] of rows) {
    it.local(name, async (site) => {
      assertEquals(await outcome(() => call(site)), expected);
    });
  }
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
    const said = [status, code === status ? field : code ?? field]
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

/** The texts at `path` of each item, with spaces between. */
export function listed(items: readonly unknown[] = [], path = "slug"): string {
  return items.map((item) => String(at(item, path))).join(" ");
}

/** `value` in a name. */
export function shown(value: unknown): string {
  return JSON.stringify(value)?.replaceAll('"', "") ?? "";
}
