/**
 * The file `wix.config.json`, which tells Wix's CLI what to upload, and where to.
 *
 * @module
 */
import type { Settings } from "../settings.ts";

/** Folders that `wix release` uploads, from the project's root. */
export const OUTPUT_DIRECTORY = {
  client: "./_wix/client",
  server: "./_wix/server",
} as const;

/**
 * Returns the text of `wix.config.json` with the folders to upload; `undefined` when
 * there is no file and the settings don't name client and site.
 *
 * @param text The file's current text; `undefined` without a file.
 */
export function wixConfig(
  text: string | undefined,
  { WIX_CLIENT_ID: appId, WIX_SITE_ID: siteId }: Settings,
): string | undefined {
  if (text === undefined && (!appId || !siteId)) return undefined;
  const config = text === undefined
    ? { projectType: "Site", appId, siteId }
    : JSON.parse(text);
  const site = { ...config.site, outputDirectory: OUTPUT_DIRECTORY };
  return `${JSON.stringify({ ...config, site }, null, 2)}\n`;
}
