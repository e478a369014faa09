import { page } from "fresh";
import { define } from "../utils.ts";

export const handler = define.handlers({
  GET: () => page({ name: "" }),
  async POST(ctx) {
    const form = await ctx.req.formData();
    return page({ name: String(form.get("name")) });
  },
});

export default define.page<typeof handler>(({ data }) => (
  <main>
    <h1>Order a cake</h1>
    {data.name && <p>Thank you, {data.name}!</p>}
    <form method="post">
      <label>
        Your name <input name="name" required />
      </label>
      <button type="submit">Order</button>
    </form>
  </main>
));
