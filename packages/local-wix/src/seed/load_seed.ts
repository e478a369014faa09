import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkSeed, readSeed } from "./read_seed.ts";
import { demoSeed, type Seed } from "./seed.ts";
import type { SeedFile } from "./seed_file.ts";

/** The built-in seeds, by name. */
const SHIPPED: Readonly<Record<string, SeedFile>> = {
  demo: {},
  large: { products: 1000, categories: 20 },
  empty: {
    members: [],
    products: [],
    categories: [],
    coupons: [],
    collections: [],
    languages: [{ code: "en", region: "US" }],
    seo: {},
  },
};

const WATCH_MILLISECONDS = 500;
let loads = 0;

/** Whether `name` is a built-in seed, and not a file. */
export function isShippedSeed(name: string): boolean {
  return Object.hasOwn(SHIPPED, name);
}

/**
 * The seed of this name: a built-in one, a JSON file, or a module whose default
 * export is a seed file's content; TypeScript where the runtime supports it,
 * which Node 20 does not.
 *
 * @throws {TypeError} that names file and field.
 */
export async function loadSeed(name = "demo"): Promise<Seed> {
  if (isShippedSeed(name)) {
    return name === "demo" ? demoSeed() : checkSeed(SHIPPED[name]);
  }
  try {
    if (!/\.[cm]?[jt]s$/.test(name)) {
      return readSeed(readFileSync(name, "utf8"));
    }
    // A module is loaded once for each address.
    const url = `${pathToFileURL(resolve(name))}?load=${++loads}`;
    const module: { readonly default?: unknown } = await import(url);
    return checkSeed(module.default);
  } catch (error) {
    throw new TypeError(`Cannot read seed file ${name}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("code" in error) || error.code !== "ERR_UNKNOWN_FILE_EXTENSION") {
    return error.message;
  }
  return "TypeScript needs Node 22.18 or later, or Deno; " +
    "elsewhere, write the seed as .mjs or .json";
}

/**
 * Calls `changed` after each change of a seed's file, until the function that it
 * returns is called.
 */
export function watchSeed(name: string, changed: () => void): () => void {
  if (isShippedSeed(name)) return () => {};
  // Polling also notices editors that put a new file in place of the old one.
  watchFile(name, { interval: WATCH_MILLISECONDS }, changed);
  return () => unwatchFile(name, changed);
}
