import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { contentType } from "mime-types";
import type { Manifest } from "vite";
import type { Build } from "../../fresh_core/src/build.ts";
import { CLIENT_ENTRY, listFiles } from "./files.ts";

/** What the pages refer to. */
export interface Assets extends Pick<Build, "entry" | "staticFiles"> {
  /** Returns the URL of an island module. */
  urlOf(path: string): string;
}

/** Reads what the client build has left in `_fresh/client`. */
export function builtAssets(root: string): Assets {
  const folder = join(root, "_fresh/client");
  const text = readFileSync(join(folder, ".vite/manifest.json"), "utf8");
  const manifest: Manifest = JSON.parse(text);
  const urlOf = (path: string) => `/${manifest[relative(root, path)]?.file}`;
  const staticFiles: Assets["staticFiles"] = {};
  for (const path of listFiles(folder)) {
    const name = relative(folder, path);
    if (name.startsWith(".vite")) continue;
    const type = contentType(extname(path)) || "text/plain";
    staticFiles[encodeURI(`/${name}`)] = {
      path: `client/${name}`,
      type: type.replace("utf-8", "UTF-8"),
      hash: createHash("sha256").update(readFileSync(path)).digest("hex"),
    };
  }
  return { entry: `/${manifest[CLIENT_ENTRY]?.file}`, staticFiles, urlOf };
}

/** The same for the dev server, which finds files by itself. */
export function devAssets(root: string): Assets {
  const urlOf = (path: string) => `/${relative(root, path)}`;
  return { entry: `/@id/__x00__${CLIENT_ENTRY}`, staticFiles: {}, urlOf };
}
