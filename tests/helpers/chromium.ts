import { type Browser, chromium } from "playwright-core";

const CANDIDATES = [
  Deno.env.get("CHROME_PATH"),
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium on this machine, `undefined` when there is none. */
export const CHROMIUM_PATH = CANDIDATES.find((path) => {
  try {
    return path !== undefined && Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

/** Appended to the names of tests that are ignored without a browser. */
export const BROWSER_NOTE = CHROMIUM_PATH === undefined
  ? " (ignored: no Chromium found, set CHROME_PATH)"
  : "";

/** Starts the browser; `await using` ends it. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    ...(CHROMIUM_PATH !== undefined && { executablePath: CHROMIUM_PATH }),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  });
}
