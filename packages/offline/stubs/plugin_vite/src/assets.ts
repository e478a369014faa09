import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { contentType } from "mime-types";
import type { Manifest } from "vite";
import type { Assets } from "../../fresh_core/src/assets.ts";
import { CLIENT_ENTRY, listFiles } from "./files.ts";

/** Collects what both builds have left in `_fresh` for browsers. */
export function builtAssets(root: string, id: string): Omit<Assets, "root"> {
  const client = join(root, "_fresh/client");
  const server = join(root, "_fresh/server");
  moveAssets(join(server, "assets"), join(client, "assets"));
  const browserFiles = readManifest(client);
  const styles: Assets["styles"] = {};
  for (const manifest of [readManifest(server), browserFiles]) {
    for (const [file, { css = [] }] of Object.entries(manifest)) {
      styles[file] = css.map((path) => `/${path}`);
    }
  }
  const modules = Object.entries(browserFiles).map(([source, { file }]) => [
    source,
    `/${file}`,
  ]);
  const links = styles[CLIENT_ENTRY]?.map((url) =>
    `<link rel="stylesheet" href="${url}?__frsh_c=${id}">`
  );
  return {
    id,
    head: links?.join("") ?? "",
    entry: `/${browserFiles[CLIENT_ENTRY]?.file}`,
    modules: Object.fromEntries(modules),
    styles,
    staticFiles: staticFiles(client),
  };
}

// What routes alone import, such as their styles, comes out of their build.
function moveAssets(from: string, to: string): void {
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (!name.endsWith(".mjs")) renameSync(join(from, name), join(to, name));
  }
}

function readManifest(folder: string): Manifest {
  const text = readFileSync(join(folder, ".vite/manifest.json"), "utf8");
  return JSON.parse(text);
}

function staticFiles(folder: string): Assets["staticFiles"] {
  const files: Assets["staticFiles"] = {};
  for (const path of listFiles(folder)) {
    const name = relative(folder, path);
    if (name.startsWith(".vite")) continue;
    const type = contentType(extname(path)) || "text/plain";
    files[`/${name}`] = {
      path: `client/${name}`,
      type: type.replace("utf-8", "UTF-8"),
      hash: createHash("sha256").update(readFileSync(path)).digest("hex"),
    };
  }
  return files;
}
