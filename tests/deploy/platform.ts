/**
 * An imitation of a hosting platform such as Deno Deploy: what is uploaded is
 * installed and built in a clean folder, and several processes that share
 * nothing serve it, without the right to write anything.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { copyProject } from "@/tools/project_copy.ts";
import {
  type App,
  CONFIG_PATH,
  localSettings,
  startApp,
} from "../helpers/app.ts";
import { denoIn } from "../helpers/project_build.ts";
import { asIfWix } from "../helpers/site.ts";
import { runTask } from "../helpers/tasks.ts";

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
  const project = await copyProject(CONFIG_PATH);
  const { root, config } = project;
  // Its packages are its own, not those of this folder.
  await Deno.remove(`${root}node_modules`);
  const installed = await denoIn(project, ["install", "--config", config]);
  assert(installed.success, installed.output);
  const built = await runTask("build", { ...PLATFORM, CI: "true" }, project);
  assertEquals(built.code, 0, built.stdout + built.stderr);
  return {
    root,
    serve(wixOrigin, settings) {
      const { WIX_API_ORIGIN: _, ...wix } = localSettings(wixOrigin);
      return startApp({ ...wix, ...PLATFORM, ...settings }, {
        project,
        changeArgs: (args) => asIfWix(wixOrigin, args, root),
      });
    },
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}
