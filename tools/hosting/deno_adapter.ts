/**
 * The parts of `Deno` that the built server uses, for hosts without it. The
 * bundler replaces `Deno.env` and the others in the server's code by the
 * exports of this module.
 *
 * @module
 */

/** Bindings of a worker: settings, and the static files as `ASSETS`. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Returns static files; on Cloudflare's runtime a binding. */
interface Assets {
  fetch(url: URL): Promise<Response>;
}

/** Path of a file in `_fresh/client/`, as a URL path. */
const STATIC_FILE = /\/client(\/.*)$/;

let bindings: Bindings = {};

/** Sets the host's bindings for the server. Call it before loading the server. */
export function setBindings(own: Bindings): void {
  bindings = own;
}

const env = {
  get(name: string): string | undefined {
    const value = bindings[name];
    // Hosts pass booleans and numbers too.
    return value === undefined || value === null || typeof value === "object"
      ? undefined
      : String(value);
  },
};

async function readFile(path: string): Promise<Uint8Array> {
  const [, pathname] = STATIC_FILE.exec(path) ?? [];
  const assets = bindings.ASSETS as Assets | undefined;
  if (pathname === undefined || assets === undefined) {
    throw new Error(
      `Cannot read ${path}: this host serves static files before the server`,
    );
  }
  const response = await assets.fetch(new URL(pathname, "https://assets"));
  if (!response.ok) {
    throw new Error(`Cannot read ${path}: ASSETS returned ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function stat(path: string): Promise<{ size: number }> {
  return { size: (await readFile(path)).byteLength };
}

async function open(path: string) {
  const { body } = new Response(await readFile(path) as BodyInit);
  return { readable: body, close: () => {} };
}

export {
  env as "Deno.env",
  open as "Deno.open",
  readFile as "Deno.readFile",
  stat as "Deno.stat",
};
