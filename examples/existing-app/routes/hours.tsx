import { page } from "fresh";
import { define } from "../utils.ts";

export const handler = define.handlers({
  GET: () =>
    page(undefined, { headers: { "Cache-Control": "public, max-age=3600" } }),
});

export default define.page<typeof handler>(() => (
  <main>
    <h1>Opening hours</h1>
    <p>Tuesday to Sunday, 7 am to 1 pm</p>
  </main>
));
