/**
 * A simulation of a hosting platform such as Deno Deploy: uploaded files are
 * installed and built in a clean folder, and served by several processes that share
 * no state, can't write files and take no unstable flags.
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

/** Identifies the deployment in `DENO_DEPLOYMENT_ID`. */
export const DEPLOYMENT_ID = "d3p70y";

/** Variables that the platform sets for build and runtime. */
const PLATFORM = {
  DENO_DEPLOY: "true",
  DENO_DEPLOY_APP_SLUG: "shop",
  DENO_DEPLOY_ORG_SLUG: "acme",
  DENO_DEPLOYMENT_ID: DEPLOYMENT_ID,
};

/** A deployed project. */
export interface Deployment extends AsyncDisposable {
  /** Its folder, with a trailing slash. */
  readonly root: string;
  /**
   * Serves it in one more process, with the local Wix at `wixOrigin` as Wix;
   * waits until it responds.
   */
  serve(wixOrigin: string, settings: Record<string, string>): Promise<App>;
}

/** Uploads, installs and builds. Throws with the output of a failed step. */
export async function deploy(): Promise<Deployment> {
  const project = await copyProject(CONFIG_PATH);
  const { root, config } = project;
  // Installs its own packages.
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
        changeArgs(args) {
          assertEquals(args.filter((arg) => arg.startsWith("--unstable")), []);
          return asIfWix(wixOrigin, args, root);
        },
      });
    },
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

/** Stops a process that serves requests, as the platform does; returns its exit code. */
export async function evict(app: App): Promise<number> {
  const timer = setTimeout(app.kill, 5_000);
  const code = await app.end("SIGINT");
  clearTimeout(timer);
  return code;
}
