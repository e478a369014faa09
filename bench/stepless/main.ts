import { App, staticFiles } from "fresh";
import { config } from "@/packages/fresh-wix/src/config/config.ts";
import type { State } from "@/lib/define.ts";
import { frontDoor } from "@/packages/fresh-wix/src/http/front_door.ts";
import { missingFile } from "@/packages/fresh-wix/src/http/missing_file.ts";
import { requestLog } from "@/packages/fresh-wix/src/observe/request_log.ts";

/** As `main.ts`, but for the scope in which requests begin. */
export const app = new App<State>()
  .use(requestLog)
  .use(staticFiles())
  .use(missingFile)
  .fsRoutes();

const createHandler = app.handler.bind(app);
app.handler = () => frontDoor(createHandler(), config.appOrigin);
