/**
 * A site with Wix's Astro integration, as it is on npm, under Node. Only its few
 * pages are ours.
 *
 * @module
 */
import { dirname } from "node:path";
import { SITE } from "../../src/mod.ts";

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
    const port = freePort();
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
      // The last one imported handles a request first.
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
      while (!await responds(`${origin}/ready.txt`)) {
        const ended = await Promise.race([server.status, pause()]);
        if (ended) throw new Error(await site.#output);
      }
      return site;
    } catch (error) {
      await Deno.remove(folder, { recursive: true });
      throw error;
    }
  }

  /** Ends the server; returns the requests that would have left this machine. */
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

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

async function responds(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

function pause(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, 200, undefined));
}

/** The packages that these depend on are those of this day. */
const RELEASED_BEFORE = "2026-11-20";

const PACKAGE = {
  private: true,
  type: "module",
  dependencies: {
    "@astrojs/node": "9.5.5",
    "@wix/astro": "2.74.0",
    "@wix/business-tools": "1.0.228",
    "@wix/ecom": "1.0.2509",
    "@wix/essentials": "1.0.15",
    "@wix/members": "1.0.519",
    "@wix/sdk": "1.21.16",
    astro: "5.18.2",
    react: "18.3.1",
    "react-dom": "18.3.1",
  },
};

const CONFIG = `
import node from "@astrojs/node";
import wix from "@wix/astro";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  // Astro takes the port of its own URL only from host names listed here.
  security: { allowedDomains: [{ protocol: "http", hostname: "localhost" }] },
  integrations: [wix()],
});
`;

const HOME_PAGE = `---
import { members } from "@wix/members";

const { member } = await members.getCurrentMember({ fieldsets: ["FULL"] })
  .catch((error) => {
    if (error.status === 404) return {};
    throw error;
  });
---
<h1>{member?.loginEmail ?? "visitor"}</h1>
<a href="/api/auth/login?returnToUrl=/orders">Log in</a>
<form method="post" action="/api/auth/logout?returnToUrl=/">
  <button>Log out</button>
</form>
`;

const ORDERS_PAGE = `---
import { orders } from "@wix/ecom";

const cursor = Astro.url.searchParams.get("cursor");
const cursorPaging = cursor ? { cursor } : { limit: 10 };
const page = await orders.searchOrders({ cursorPaging });
const next = page.metadata?.cursors?.next;
---
<ul>{page.orders.map(({ number }) => <li>{number}</li>)}</ul>
{next && <a rel="next" href={"/orders?" + new URLSearchParams({ cursor: next })}>More</a>}
`;

const PROPERTIES_PAGE = `---
import { siteProperties } from "@wix/business-tools";
import { auth } from "@wix/essentials";

const { getSiteProperties } = siteProperties;
const refused = await getSiteProperties().catch((error) => error);
const { properties } = await auth.elevate(getSiteProperties)();
---
<p>Directly: {refused.status}</p>
<p>Elevated: {properties?.paymentCurrency}</p>
`;

const BROWSER_PAGE = `
<p>Loading …</p>
<script>
  import { orders } from "@wix/ecom";

  orders.searchOrders({ cursorPaging: { limit: 3 } }).then(
    (page) => page.orders.map(({ number }) => number).join(" "),
    (error) => error.message,
  ).then((text) => document.querySelector("p")!.textContent = text);
</script>
`;

/** The beginning of a line about a request that would have left. */
const STRAY = "Left alone, this would go to";

/** The integration reports its errors to Wix; a test must not do so. */
const STAY_HERE = `
const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const { hostname, href } = new URL(input.url ?? input);
  if (hostname === "localhost") return await real(input, init);
  console.error("${STRAY} " + href);
  throw new TypeError("No network but this machine");
};
`;

/** The text of every file, by path. */
const FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify(PACKAGE),
  "astro.config.mjs": CONFIG,
  "stay_here.mjs": STAY_HERE,
  "public/ready.txt": "The server is up.",
  "src/pages/index.astro": HOME_PAGE,
  "src/pages/orders.astro": ORDERS_PAGE,
  "src/pages/properties.astro": PROPERTIES_PAGE,
  "src/pages/browser.astro": BROWSER_PAGE,
};
