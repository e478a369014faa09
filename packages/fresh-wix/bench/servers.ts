/**
 * Starting local Wix, and the sites that call it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Running, start } from "./processes.ts";

/** Folder of the starter. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** What the documentation of local Wix says to set. */
export const SETTINGS = {
  WIX_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
  WIX_CLIENT_SECRET: "local-wix-client-secret-known-to-everybody",
  WIX_CLIENT_INSTANCE_ID: "00000000-0000-4000-8000-000000000002",
};

/** By default it has fewer members with a public profile than a page shows. */
const SEED = { members: 40 };

const START_SECONDS = 60;

/** A running server. */
export interface Server extends Running {
  /** With an address: how names are resolved is not measured. */
  readonly origin: string;
}

/** A built site. */
export interface Site {
  readonly name: string;
  readonly folder: string;
  /** Returns the command that serves it. */
  command(port: number): string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A site that has served its first page. */
export interface StartedSite extends Server {
  readonly name: string;
  /** From the start of its process to the end of that page. */
  readonly firstPageMilliseconds: number;
}

/** Starts local Wix on a free port. */
export async function startLocalWix(): Promise<Server> {
  const seed = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(seed, JSON.stringify(SEED));
  const options = ["--port=0", "--quiet", `--seed=${seed}`];
  const command = [Deno.execPath(), "task", "--quiet", "wix", ...options];
  const running = start(command, { cwd: ROOT });
  const output = running.process.stdout.pipeThrough(new TextDecoderStream());
  for await (const text of output.values({ preventCancel: true })) {
    const origin = /http:\S+/.exec(text)?.[0];
    if (origin === undefined) continue;
    return { ...running, origin: origin.replace("localhost", "127.0.0.1") };
  }
  throw new Error("Cannot start local Wix");
}

/** Returns how many calls local Wix has received. */
export async function countCalls({ origin }: Server): Promise<number> {
  const response = await fetch(`${origin}/_local/counters`);
  const { routes }: { routes: Record<string, number> } = await response.json();
  return Object.entries(routes)
    .reduce((sum, [name, n]) => name.includes("/_local/") ? sum : sum + n, 0);
}

/** Starts a site and waits for its response to `path`. */
export async function startSite(
  site: Site,
  wix: Server,
  path: string,
): Promise<StartedSite> {
  const port = freePort();
  const origin = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const running = start(site.command(port), {
    cwd: site.folder,
    env: {
      ...SETTINGS,
      WIX_API_ORIGIN: wix.origin,
      APP_ORIGIN: origin,
      HOST: "127.0.0.1",
      PORT: String(port),
      ...site.env,
    },
    measured: true,
  });
  // Unread output would stop the server one day.
  running.process.stdout.pipeTo(new WritableStream());
  await firstResponse(origin + path, running);
  const firstPageMilliseconds = performance.now() - startedAt;
  return { ...running, name: site.name, origin, firstPageMilliseconds };
}

async function firstResponse(url: string, { ended }: Running): Promise<void> {
  let failed = false;
  ended.then(() => failed = true);
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!failed && Date.now() < deadline) {
    const response = await fetch(url, { headers: { accept: "text/html" } })
      .catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    if (response) throw new Error(`Cannot measure ${url}: ${response.status}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`Cannot start the server of ${url}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
