import { createHash } from "node:crypto";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { contentType } from "mime-types";
import type { Manifest, ViteBuilder } from "vite";
import type { Assets } from "../../fresh_core/src/assets.ts";
import { CLIENT_ENTRY, listFiles } from "./files.ts";

/** Builds both parts into `_fresh`, with a `server.js` that connects them. */
export async function buildApp(
  { build, environments }: ViteBuilder,
  root: string,
  id: string,
): Promise<void> {
  const output = join(root, "_fresh");
  rmSync(output, { recursive: true, force: true });
  // The browser's part comes first, as the server refers to it.
  for (const part of Object.values(environments)) await build(part);
  // What routes alone import, such as their styles, comes out of their build.
  cpSync(join(output, "server"), join(output, "client"), {
    recursive: true,
    filter: (path) => !/\.(mjs|map|vite)$/.test(path),
  });
  const server = `import serve from "./server/server-entry.mjs";

export default serve({
  root: import.meta.dirname,
  ...${JSON.stringify(builtAssets(output, id))},
});
`;
  writeFileSync(join(output, "server.js"), server);
}

function builtAssets(output: string, id: string): Omit<Assets, "root"> {
  const [server, client] = ["server", "client"].map((part): Manifest =>
    JSON.parse(readFileSync(join(output, part, ".vite/manifest.json"), "utf8"))
  );
  const modules = { ...server, ...client };
  const { file = "", css = [] } = modules[CLIENT_ENTRY] ?? {};
  const links = css.map((path) =>
    `<link rel="stylesheet" href="/${path}?__frsh_c=${id}">`
  );
  const staticFiles: Assets["staticFiles"] = {};
  for (const path of listFiles(output, "client")) {
    if (path.startsWith("client/.vite/")) continue;
    const content = readFileSync(join(output, path));
    const hash = createHash("sha256").update(content).digest("hex");
    const known = contentType(extname(path)) || "text/plain";
    const type = known.replace("utf-8", "UTF-8");
    staticFiles[path.slice("client".length)] = { path, type, hash };
  }
  return { id, head: links.join(""), entry: file, modules, staticFiles };
}
