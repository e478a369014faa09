import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { contentType } from "mime-types";
import type { Manifest } from "vite";
import { type Assets, CLIENT_ENTRY, listIslands } from "./entries.ts";
import { listFiles } from "./files.ts";

/** Reads what the client build has left in `_fresh/client`. */
export function builtAssets(root: string): Assets {
  const folder = join(root, "_fresh/client");
  const text = readFileSync(join(folder, ".vite/manifest.json"), "utf8");
  const manifest: Manifest = JSON.parse(text);
  const url = (key: string) => `/${manifest[key]?.file}`;
  const staticFiles: Assets["staticFiles"] = {};
  for (const path of listFiles(folder)) {
    const name = relative(folder, path);
    if (name.startsWith(".vite")) continue;
    const type = contentType(extname(path)) || "text/plain";
    staticFiles[`/${name}`] = {
      path: `client/${name}`,
      type: type.replace("utf-8", "UTF-8"),
      hash: createHash("sha256").update(readFileSync(path)).digest("hex"),
    };
  }
  const islands = listIslands(root)
    .map((path) => [path, url(relative(root, path))] as const);
  return { entry: url(CLIENT_ENTRY), islands: new Map(islands), staticFiles };
}
