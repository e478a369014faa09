import { define } from "@/lib/define.ts";
import { wixHealth } from "@/packages/fresh-wix/src/create_wix.ts";

/**
 * Readiness: 200 also while Wix answers badly, as pages that need no Wix work,
 * and another instance would have the same Wix.
 */
export const handler = define.handlers({
  GET: () => new Response(`${wixHealth.state()}\n`),
});
