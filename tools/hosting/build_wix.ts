/**
 * Makes the folders that `wix release` uploads from the finished build: `client/` with
 * the static files, and `server/` with one worker. Arguments: the folder of the
 * project and the folder to write, each with a trailing slash.
 *
 * @module
 */
import { build } from "esbuild";
import { isUploaded } from "./upload_rules.ts";

/** Names that Wix may load the worker by. */
const ALIASES = ["index.js", "entry.mjs"];
/** Vite's manifest, which only builds read. */
const UNUSED = ".vite";

const HERE = import.meta.dirname;
const WORKER = `${HERE}/worker.ts`;

const [root = "", output = ""] = Deno.args;
await Deno.remove(output, { recursive: true }).catch(() => {});
await copyFolder(`${root}_fresh/client/`, `${output}client/`);
await build({
  stdin: {
    contents: `import { createWorker } from ${JSON.stringify(WORKER)};` +
      'export default createWorker(() => import("./_fresh/server.js"));',
    resolveDir: root,
  },
  outfile: `${output}server/index.mjs`,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "esnext",
  minifySyntax: true,
  minifyWhitespace: true,
  inject: [`${HERE}/deno_adapter.ts`],
  // A worker has no folder: the adapter finds files by the end of their path.
  define: {
    "import.meta.dirname": '"/server"',
    "import.meta.url": '"file:///server/index.mjs"',
  },
  logLevel: "warning",
});
for (const name of ALIASES) {
  await Deno.writeTextFile(
    `${output}server/${name}`,
    'export { default } from "./index.mjs";\n',
  );
}

const lost = (await filesBelow(output)).filter((path) => !isUploaded(path));
for (const path of lost) {
  console.error(
    `Cannot upload ${path}: \`wix release\` omits names that begin with a ` +
      "dot, build, dist or coverage. Rename the file, or serve it from a " +
      "route",
  );
}
if (lost.length > 0) Deno.exit(1);

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name === UNUSED) continue;
    if (isDirectory) await copyFolder(`${from}${name}/`, `${to}${name}/`);
    else await Deno.copyFile(from + name, to + name);
  }
}

async function filesBelow(folder: string, path = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder + path)) {
    const below = path + name;
    files.push(
      ...(isDirectory ? await filesBelow(folder, `${below}/`) : [below]),
    );
  }
  return files;
}
