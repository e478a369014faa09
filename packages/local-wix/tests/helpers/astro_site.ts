/**
 * A site that this project did not write: Wix's Astro integration, as it is on
 * npm, under Node. Only the few pages below are ours.
 *
 * @module
 */
import { dirname } from "node:path";
import { SITE } from "../../src/mod.ts";
import { waitUntilReady } from "@/tools/processes.ts";
import { nextPort } from "@/tests/helpers/ports.ts";
import { FILES, RELEASED_BEFORE, STRAY } from "./astro_site_files.ts";

const PRELOAD = new URL("../../src/preload.mjs", import.meta.url).href;

/** The running site; `await using` ends it and removes its folder. */
export class AstroSite implements AsyncDisposable {
  readonly #folder: string;
  readonly #server: Deno.ChildProcess;
  readonly #output: Promise<string>;

  private constructor(
    readonly origin: string,
    folder: string,
    server: Deno.ChildProcess,
  ) {
    this.#folder = folder;
    this.#server = server;
    this.#output = new Response(server.stderr).text();
  }

  /** Installs, builds and serves the site, with its Wix at `wixOrigin`. */
  static async start(wixOrigin: string): Promise<AstroSite> {
    const folder = await Deno.makeTempDir({ prefix: "astro-site-" });
    const port = nextPort();
    const origin = `http://localhost:${port}`;
    const env = {
      WIX_CLIENT_ID: SITE.clientId,
      WIX_CLIENT_SECRET: SITE.clientSecret,
      WIX_CLIENT_INSTANCE_ID: SITE.instanceId,
      WIX_CLIENT_PUBLIC_KEY: "checks webhooks, of which there are none",
      WIX_API_ORIGIN: wixOrigin,
      ASTRO_TELEMETRY_DISABLED: "1",
      HOST: "127.0.0.1",
      PORT: String(port),
    };
    try {
      for (const [path, text] of Object.entries(FILES)) {
        await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
        await Deno.writeTextFile(`${folder}/${path}`, text);
      }
      const install = ["install", "--before", RELEASED_BEFORE];
      const quietly = ["--ignore-scripts", "--no-audit", "--no-fund"];
      await run("npm", [...install, ...quietly], { cwd: folder, env });
      const astro = "node_modules/astro/astro.js";
      await run("node", [astro, "build"], { cwd: folder, env });
      // The last one imported is asked first.
      const preloads = ["./stay_here.mjs", PRELOAD]
        .flatMap((path) => ["--import", path]);
      const server = new Deno.Command("node", {
        args: [...preloads, "dist/server/entry.mjs"],
        cwd: folder,
        env,
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const site = new AstroSite(origin, folder, server);
      await waitUntilReady(`${origin}/ready.txt`, server).catch(
        async (cause) => {
          throw new Error(await site.#output, { cause });
        },
      );
      return site;
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      throw error;
    }
  }

  /** Ends the server; returns the requests that it was kept from sending. */
  async end(): Promise<string[]> {
    try {
      this.#server.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await this.#server.status;
    const lines = (await this.#output).split("\n");
    return lines.filter((line) => line.startsWith(STRAY));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<void> {
  const process = new Deno.Command(command, { args: [...args], ...options });
  const { success, stdout, stderr } = await process.output();
  if (success) return;
  const [out, errors] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  throw new Error(`Cannot run ${command} ${args.join(" ")}:\n${out}${errors}`);
}
