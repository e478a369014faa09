import type { Controls } from "../../src/console/controls.ts";
import type { LocalWix } from "../../src/mod.ts";

/** Whether tests of the server run it from the package for npm, on Node. */
export const ON_NODE = Deno.env.get("LOCAL_WIX_ON") === "node";

/** The command of the package, which `deno task npm` builds. */
export const CLI = new URL("../../npm/cli.js", import.meta.url).pathname;

const realFetch = globalThis.fetch;

let changes: Promise<unknown> = Promise.resolve();

/** Resolves once the changes by controls have reached the process of Node. */
export async function controlsApplied(): Promise<void> {
  await changes;
}

/**
 * Local Wix from the package in `npm/` as a process of Node. Of its controls it
 * has `reset()`, `change()` and the assignment of settings.
 */
export async function startOnNode(): Promise<LocalWix> {
  const child = new Deno.Command("node", {
    args: [CLI, "--port=0", "--quiet"],
    stdout: "piped",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await output.read();
  const origin = value.trim().split(" ").at(-1) ?? "";
  const post = (name: string, body: object) => {
    const init = { method: "POST", body: JSON.stringify(body) };
    changes = changes.then(async () => {
      const response = await realFetch(`${origin}/_local/${name}`, init);
      if (!response.ok) throw new Error(await response.text());
      await response.body?.cancel();
    });
  };
  const change = (settings: object) => post("settings", settings);
  const controls = { change, reset: () => post("reset", {}) } as Controls;
  const close = async () => {
    child.kill();
    await child.status;
    await output.cancel();
  };
  return {
    origin,
    controls: new Proxy(controls, {
      set(_, name, value) {
        change({ [name]: value });
        return true;
      },
    }),
    finished: child.status.then(() => {}),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Whether this machine has a command. */
export async function isInstalled(command: string): Promise<boolean> {
  try {
    const version = new Deno.Command(command, { args: ["--version"] });
    return (await version.output()).success;
  } catch {
    return false;
  }
}
