import { App, staticFiles } from "fresh";
import type { State } from "@/lib/define.ts";

/** The reference app: nothing before or around the routes that is ours. */
export const app = new App<State>().use(staticFiles()).fsRoutes();
