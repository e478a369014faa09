import { App, staticFiles } from "fresh";
import type { State } from "./utils.ts";

export const app = new App<State>();

app.use(staticFiles());

app.use(async (ctx) => {
  ctx.state.shop = "Corner Bakery";
  const response = await ctx.next();
  response.headers.set("X-Shop", "corner-bakery");
  return response;
});

app.fsRoutes();
