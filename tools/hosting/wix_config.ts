/**
 * The file `wix.config.json`, which tells Wix's CLI what to upload, and where to.
 *
 * @module
 */

/** Folders that `wix release` uploads, from the project's root. */
export const OUTPUT_DIRECTORY = {
  client: "./_wix/client",
  server: "./_wix/server",
} as const;

/** Returns the text of a `wix.config.json` with the folders to upload. */
export function withOutputDirectory(text: string): string {
  const config = JSON.parse(text);
  const site = { ...config.site, outputDirectory: OUTPUT_DIRECTORY };
  return `${JSON.stringify({ ...config, site }, null, 2)}\n`;
}
