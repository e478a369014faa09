import { define } from "@/lib/define.ts";
import { SITE } from "@/lib/site.ts";

export default define.page(({ state }) => (
  <>
    <section class="hero">
      <div>
        <h1>{SITE.tagline}</h1>
        <p class="lead">
          This is routes/index.tsx. Visitors get a session, members log in at
          Wix, and any Wix SDK module works in a route.
        </p>
      </div>
    </section>
    <p>
      You are <bdi>{state.session.member?.name ?? "a visitor"}</bdi>.
    </p>
  </>
));
