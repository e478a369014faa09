/**
 * The second step of `deno task build --target wix`.
 *
 * @module
 */
import { type Packages, ROOT } from "../packages.ts";
import { runDeno } from "../processes.ts";
import type { Settings } from "../settings.ts";
import { wixConfig } from "./wix_config.ts";

const CONFIG = `${ROOT}wix.config.json`;

/**
 * Makes `_wix/` from `_fresh/`, and names its folders in `wix.config.json`. Returns
 * whether it succeeded.
 */
export async function buildForWix(
  { config }: Packages,
  settings: Settings,
): Promise<boolean> {
  const program = `${ROOT}tools/hosting/build_wix.ts`;
  const args = ["run", "-A", "--config", config, program, ROOT, `${ROOT}_wix/`];
  if (!await runDeno(args)) return false;
  const current = await Deno.readTextFile(CONFIG).catch(() => undefined);
  const next = wixConfig(current, settings);
  if (next === undefined) {
    console.log(
      "Built _wix/. Before `wix release`, set WIX_CLIENT_ID and WIX_SITE_ID and " +
        "build again: that writes wix.config.json",
    );
    return true;
  }
  if (next !== current) await Deno.writeTextFile(CONFIG, next);
  console.log("Built _wix/. Upload it with `npx @wix/cli release`");
  return true;
}
