import { App, staticFiles } from "fresh";
import { config } from "@/packages/fresh-wix/src/config/config.ts";
import type { State } from "@/lib/define.ts";
import { frontDoor } from "@/packages/fresh-wix/src/http/front_door.ts";
import { missingFile } from "@/packages/fresh-wix/src/http/missing_file.ts";
import { requestLog } from "@/packages/fresh-wix/src/observe/request_log.ts";
import { runUnauthenticated } from "@/packages/fresh-wix/src/wix/request_context.ts";

/**
 * The app: a log line around everything, files in `static/`, then `routes/`,
 * whose `_middleware.ts` is next.
 */
export const app = new App<State>()
  .use(requestLog)
  .use(staticFiles())
  .use(missingFile)
  .fsRoutes();

// Around everything, also files: Fresh looks for a route before it runs the
// first middleware.
const createHandler = app.handler.bind(app);
app.handler = () => {
  const handler = createHandler();
  return frontDoor(
    (...request) => runUnauthenticated(() => handler(...request)),
    config.appOrigin,
  );
};
