/**
 * Reads the settings of a task from the environment and the project's files.
 *
 * @module
 */
import {
  ConfigError,
  settingsProblems,
} from "../packages/fresh-wix/src/config/read_config.ts";
import { ROOT } from "./packages.ts";

/** Variables by name; empty ones are unset. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Returns the variables of the environment, `.env.local`, `.env` and
 * `wix.config.json`, in order of precedence. An empty variable in the environment
 * unsets one of the files.
 *
 * @param root Folder of the project, with a trailing slash.
 * @throws {Error} when `wix.config.json` is not valid JSON.
 */
export async function readSettings(
  root: string = ROOT,
  shell: Settings = Deno.env.toObject(),
): Promise<Settings> {
  const read = (name: string) => readIfPresent(root + name);
  return withoutEmpty({
    ...wixConfigSettings(await read("wix.config.json")),
    ...withoutEmpty(parseEnv(await read(".env"))),
    ...withoutEmpty(parseEnv(await read(".env.local"))),
    ...shell,
  });
}

/**
 * Exits with code 1 and lists the problems when a setting is missing or invalid.
 *
 * @param more More problems, in the same format.
 */
export function checkSettings(
  settings: Settings,
  more: readonly string[] = [],
): void {
  const problems = [...settingsProblems((name) => settings[name]), ...more];
  if (problems.length === 0) return;
  console.error(new ConfigError(problems).message);
  Deno.exit(1);
}

/** A variable: name, and value in double, single or no quotes. */
const LINE =
  /^[ \t]*(?:export[ \t]+)?([\w.]+)[ \t]*=[ \t]*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([^\r\n#]*))/gm;

/**
 * Parses an env file. Quoted values can span lines; `\n` in double quotes is a
 * line break.
 */
export function parseEnv(text: string): Settings {
  return Object.fromEntries(
    [...text.matchAll(LINE)].map(([, name, double, single, plain = ""]) => [
      name,
      double?.replaceAll("\\n", "\n") ?? single ?? plain.trim(),
    ]),
  );
}

/** Wix's CLI writes the client id into `wix.config.json`, as `appId`. */
function wixConfigSettings(text: string): Settings {
  if (text === "") return {};
  try {
    const appId: unknown = JSON.parse(text).appId;
    return typeof appId === "string" ? { WIX_CLIENT_ID: appId } : {};
  } catch (error) {
    throw new Error("Cannot read wix.config.json: it is not valid JSON", {
      cause: error,
    });
  }
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function withoutEmpty(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== ""),
  );
}
