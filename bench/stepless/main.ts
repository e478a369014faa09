import { App, staticFiles } from "fresh";
import { config } from "@/lib/config.ts";
import type { State } from "@/lib/define.ts";
import { frontDoor } from "@/lib/http/front_door.ts";
import { missingFile } from "@/lib/http/missing_file.ts";
import { requestLog } from "@/lib/observe/request_log.ts";

/** As `main.ts`, but for the scope in which requests begin. */
export const app = new App<State>()
  .use(requestLog)
  .use(staticFiles())
  .use(missingFile)
  .fsRoutes();

const createHandler = app.handler.bind(app);
app.handler = () => frontDoor(createHandler(), config.appOrigin);
