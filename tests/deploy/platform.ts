/**
 * An imitation of a hosting platform such as Deno Deploy: what is uploaded is
 * installed and built in a clean folder, and several processes that share
 * nothing serve it, without the right to write anything.
 *
 * @module
 */
import { ROOT } from "@/tools/packages.ts";
import {
  type App,
  CONFIG_PATH,
  localSettings,
  startApp,
} from "../helpers/app.ts";
import { asIfWix } from "../helpers/site.ts";
import { taskCommand } from "../helpers/tasks.ts";
import { copyUnignored, gitIgnore } from "./ignore_file.ts";

/** What the platform sets while it builds and while it runs. */
const PLATFORM = { DENO_DEPLOY: "true" };

/** A project that has been uploaded, installed and built. */
export interface Deployment extends AsyncDisposable {
  /** Its folder, with a slash at the end. */
  readonly root: string;
  /**
   * Serves it in one more process, with the local Wix at `wixOrigin` as Wix;
   * waits until that answers.
   */
  serve(wixOrigin: string, settings: Record<string, string>): Promise<App>;
}

/** Uploads, installs and builds. Throws with the output of what fails. */
export async function deploy(): Promise<Deployment> {
  const root = `${await Deno.makeTempDir({ prefix: "fresh-wix-deploy-" })}/`;
  await copyUnignored(ROOT, root, await gitIgnore());
  const name = CONFIG_PATH.slice(CONFIG_PATH.lastIndexOf("/") + 1);
  const config = root + name;
  // The config of the stubs is derived, and so not uploaded.
  if (name !== "deno.json") await Deno.copyFile(CONFIG_PATH, config);
  const project = { root, config };
  await run(
    new Deno.Command(Deno.execPath(), {
      args: ["install", "--config", config],
      cwd: root,
      stdout: "piped",
      stderr: "piped",
    }),
  );
  await run(taskCommand("build", { ...PLATFORM, CI: "true" }, project));
  return {
    root,
    serve(wixOrigin, settings) {
      const { WIX_API_ORIGIN: _, ...wix } = localSettings(wixOrigin);
      return startApp({ ...wix, ...PLATFORM, ...settings }, {
        project,
        changeArgs: (args) => asIfWix(wixOrigin, args, root),
      });
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

async function run(command: Deno.Command): Promise<void> {
  const { success, stdout, stderr } = await command.output();
  if (success) return;
  const text = new TextDecoder();
  throw new Error(`${text.decode(stdout)}\n${text.decode(stderr)}`);
}
