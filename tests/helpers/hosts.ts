/**
 * Hosts without Deno that run the worker of `deno task build --target wix`: workerd,
 * which is Cloudflare's runtime, and Node.
 *
 * @module
 */
import { VARIABLES } from "@/packages/fresh-wix/src/config/read_config.ts";
import { ROOT } from "@/tools/packages.ts";

/** A host of the worker. */
export type HostName = "node" | "workerd";

/** How to start a host; its files are removed with it. */
interface Hosted extends AsyncDisposable {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const WORKERD_CANDIDATES = [
  Deno.env.get("WORKERD_PATH"),
  `${ROOT}node_modules/@cloudflare/workerd-linux-64/bin/workerd`,
  "/usr/local/bin/workerd",
];

/** Path of a workerd on this machine, `undefined` when there is none. */
export const WORKERD_PATH = WORKERD_CANDIDATES.find((path) => {
  try {
    return path !== undefined && Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** Appended to the names of tests that are ignored without workerd. */
export const WORKERD_NOTE = WORKERD_PATH === undefined
  ? " (ignored: no workerd found, set WORKERD_PATH)"
  : "";

/**
 * Makes a worker from `_fresh/`, and returns how to run it on a host.
 *
 * @param config Path of the config that names esbuild.
 * @param root Folder of the project, with a trailing slash.
 * @param port Port to listen on, at 127.0.0.1.
 */
export async function prepareHost(
  name: HostName,
  config: string,
  root: string,
  port: number,
): Promise<Hosted> {
  const folder = `${await Deno.makeTempDir({ prefix: "fresh-wix-host-" })}/`;
  await makeWorker(config, root, folder);
  const workerd = `${folder}workerd.capnp`;
  await Deno.writeTextFile(workerd, workerdConfig(folder, port));
  const node = [`${ROOT}tools/hosting/serve_node.mjs`, folder];
  return {
    ...(name === "node"
      ? { command: "node", args: node }
      : { command: WORKERD_PATH ?? "workerd", args: ["serve", workerd] }),
    env: { HOST: "127.0.0.1", PORT: String(port) },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Runs the second step of `deno task build --target wix`. */
async function makeWorker(config: string, root: string, folder: string) {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--config", config],
      ...[`${ROOT}tools/hosting/build_wix.ts`, root, folder],
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** As on Wix's hosting: settings and static files are bindings of the worker. */
function workerdConfig(output: string, port: number): string {
  const bindings = VARIABLES.map((name) =>
    `(name = "${name}", fromEnvironment = "${name}"),`
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "app", worker = .worker),
    (name = "files", disk = (path = ${JSON.stringify(`${output}client`)})),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "app")],
);
const worker :Workerd.Worker = (
  modules = [(name = "index.mjs", esModule = embed "server/index.mjs")],
  compatibilityDate = "2026-01-01",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [${bindings.join(" ")} (name = "ASSETS", service = "files")],
);
`;
}
