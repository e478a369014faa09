/**
 * A real browser, where there is one. Local Wix's tests stand alone, and need it
 * as well; so it is theirs.
 *
 * @module
 */
export {
  BROWSER_NOTE,
  CHROMIUM_PATH,
  launchChromium,
} from "@/packages/local-wix/tests/helpers/chromium.ts";
