import { App, staticFiles } from "fresh";
import type { State } from "@/lib/define.ts";

/** The app: files in `static/`, then `routes/`, whose `_middleware.ts` is next. */
export const app = new App<State>()
  .use(staticFiles())
  .fsRoutes();
