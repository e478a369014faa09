import type { Call } from "../call.ts";
import { textsIn } from "../http/parse.ts";
import { isRecord, type JsonObject } from "../http/json.ts";
import { reply } from "../http/reply.ts";
import { readQuery } from "../http/request.ts";

/** `GET /site-properties/v4/properties`: all, or the dotted `fields`. */
export function getSiteProperties({ backend, url }: Call): Response {
  const fields = textsIn(readQuery(url).fields)
    .flatMap((text) => text.split(","))
    .filter((field) => field !== "");
  const all = backend.store.siteProperties;
  const properties = fields.length === 0 ? all : pick(all, fields);
  return reply({ version: "42", properties });
}

/**
 * UNDOCUMENTED: a field of the site properties that does not exist. Here it is
 * left out.
 */
function pick(from: JsonObject, paths: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  const names = new Set(paths.map((path) => path.split(".")[0] ?? ""));
  for (const name of names) {
    if (!Object.hasOwn(from, name)) continue;
    const value = from[name];
    const below = paths
      .filter((path) => path.startsWith(`${name}.`))
      .map((path) => path.slice(name.length + 1));
    const whole = paths.includes(name) || !isRecord(value);
    picked[name] = whole ? value : pick(value, below);
  }
  return picked;
}
