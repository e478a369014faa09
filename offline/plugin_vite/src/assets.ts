import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { contentType } from "mime-types";
import type { Manifest } from "vite";
import { type Assets, CLIENT_ENTRY, listIslands } from "./entries.ts";
import { listFiles } from "./files.ts";

/** Reads what the client build has left in `_fresh/client`. */
export function builtAssets(root: string): Assets {
  const out = join(root, "_fresh");
  const text = readFileSync(join(out, "client/.vite/manifest.json"), "utf8");
  const manifest: Manifest = JSON.parse(text);
  const chunk = (key: string) => {
    const found = manifest[key];
    if (!found) throw new Error(`${key} is missing in the client build`);
    return found;
  };
  const client = chunk(CLIENT_ENTRY);
  const url = (path: string) => "/" + path;
  return {
    entry: url(client.file),
    styles: (client.css ?? []).map(url),
    islands: new Map(
      listIslands(root).map((path) => {
        const key = relative(root, path).replaceAll("\\", "/");
        return [path, url(chunk(key).file)];
      }),
    ),
    staticFiles: Object.fromEntries(
      listFiles(join(out, "client"))
        .map((path) => [relative(join(out, "client"), path), path] as const)
        .filter(([name]) => !name.startsWith(".vite"))
        .map(([name, path]) => [url(name), describe(out, path)]),
    ),
  };
}

function describe(out: string, path: string) {
  const type = contentType(extname(path)) || "text/plain";
  return {
    path: relative(out, path).replaceAll("\\", "/"),
    type: type.replace("utf-8", "UTF-8"),
    hash: createHash("sha256").update(readFileSync(path)).digest("hex"),
  };
}
