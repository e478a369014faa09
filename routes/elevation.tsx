import { siteProperties } from "@wix/business-tools";
import { page } from "fresh";
import { define } from "@/lib/define.ts";
import { toWixError } from "@/lib/wix/wix_error.ts";
import SiteProperties from "@/islands/SiteProperties.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Elevation";
    try {
      await siteProperties.getSiteProperties();
      return page({ refusal: undefined });
    } catch (error) {
      const refusal = toWixError(error);
      if (refusal?.status !== 403) throw error;
      return page({ refusal: { status: refusal.status, code: refusal.code } });
    }
  },
});

export default define.page<typeof handler>(({ data }) => (
  <>
    <h1>Elevation</h1>
    <p>
      Wix shows the properties of a site to its owner and apps, not to visitors
      or members. A backend endpoint may ask as the app.
    </p>
    <div class="side-by-side">
      <section>
        <h2>As you</h2>
        <pre><code>await siteProperties.getSiteProperties()</code></pre>
        {data.refusal === undefined
          ? <p>Wix allowed it: this site is more open than most.</p>
          : (
            <p class="refused">
              Refused: {data.refusal.status} {data.refusal.code}
            </p>
          )}
      </section>
      <section>
        <h2>As the app</h2>
        <pre><code>await auth.elevate(siteProperties.getSiteProperties)()</code></pre>
        <SiteProperties />
        <noscript>
          <a href="/api/site-properties">Open the endpoint's answer</a>
        </noscript>
      </section>
    </div>
    <p>
      An elevated call has the app's rights whoever asks, so the endpoint
      decides what it gives away: this one returns four public fields.
    </p>
  </>
));
