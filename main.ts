import { GuardedApp } from "@fresh-wix/core";
import { staticFiles } from "fresh";
import type { State } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/**
 * The app: a log line around everything, files in `static/`, then `routes/`,
 * whose `_middleware.ts` is next.
 */
export const app = new GuardedApp<State>(wix)
  .use(wix.requestGuard, wix.requestLog)
  .use(staticFiles())
  .use(wix.missingFile)
  .fsRoutes();
