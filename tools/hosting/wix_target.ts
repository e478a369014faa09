/**
 * The second step of `deno task build --target wix`.
 *
 * @module
 */
import { type Packages, ROOT } from "../packages.ts";
import { runDeno } from "../processes.ts";
import { withOutputDirectory } from "./wix_config.ts";

const CONFIG = `${ROOT}wix.config.json`;

/**
 * Makes `_wix/` from `_fresh/`, and names its folders in `wix.config.json`. Returns
 * whether it succeeded.
 */
export async function buildForWix({ config }: Packages): Promise<boolean> {
  const program = `${ROOT}tools/hosting/build_wix.ts`;
  const args = ["run", "-A", "--config", config, program, ROOT, `${ROOT}_wix/`];
  if (!await runDeno(args)) return false;
  const current = await Deno.readTextFile(CONFIG).catch(() => undefined);
  if (current === undefined) {
    console.log(
      "Built _wix/. To upload it, copy your site's wix.config.json into this " +
        "folder and build again: see docs/your_wix_site.md",
    );
    return true;
  }
  const next = withOutputDirectory(current);
  if (next !== current) await Deno.writeTextFile(CONFIG, next);
  console.log("Built _wix/. To upload it, run `npx @wix/cli release`");
  return true;
}
