import { GuardedApp } from "@fresh-wix/core";
import { staticFiles } from "fresh";
import type { State } from "@/lib/define.ts";
import { wix } from "@/lib/wix.ts";

/**
 * The app: request guard, request log, files in `static/`, then `routes/`,
 * starting with `routes/_middleware.ts`.
 */
export const app = new GuardedApp<State>(wix)
  .use(wix.requestGuard, wix.requestLog)
  .use(staticFiles())
  .use(wix.missingFile)
  .fsRoutes();
