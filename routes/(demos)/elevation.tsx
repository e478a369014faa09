import { siteProperties } from "@wix/business-tools";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import { Fact, Facts } from "@/components/Facts.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import AskEndpoint from "@/islands/AskEndpoint.tsx";
import { define } from "@/lib/define.ts";
import { getPublicSiteProperties } from "@/lib/site_properties.ts";
import { toWixError, type WixFailure } from "@fresh-wix/core/errors";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Elevation";
    // #region refused
    const asked = attempt(siteProperties.getSiteProperties);
    // #endregion
    const [asYou, asApp] = await Promise.all([
      asked,
      attempt(getPublicSiteProperties),
    ]);
    return page({ asYou: { refusal: asYou.refusal }, asApp });
  },
});

interface Attempt<T> {
  readonly value?: T;
  /** When Wix refused: 403. */
  readonly refusal?: WixFailure;
}

async function attempt<T>(call: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await call() };
  } catch (error) {
    const refusal = toWixError(error);
    if (refusal?.status !== 403) throw error;
    return { refusal };
  }
}

export default define.page<typeof handler>(({ data: { asYou, asApp } }) => (
  <>
    <PageHeading title="Elevation">
      <p>
        Wix shows the properties of a site to its owner and its apps, not to
        visitors or members. The server of an app may ask as the app.
      </p>
    </PageHeading>
    <div class="side-by-side">
      <section>
        <h2>Asked as you</h2>
        <Excerpt name="refused" />
        {asYou.refusal
          ? <Refusal of={asYou.refusal} />
          : (
            <Notice kind="good" title="Allowed">
              <p>This site is more open than most.</p>
            </Notice>
          )}
      </section>
      <section>
        <h2>Asked as the app</h2>
        <Excerpt name="elevated" />
        {asApp.refusal && <Refusal of={asApp.refusal} />}
        {asApp.value && (
          <Notice kind="good" title="Allowed">
            <Facts>
              <Fact name="Business">{asApp.value.businessName}</Fact>
              <Fact name="Language">{asApp.value.language}</Fact>
              <Fact name="Currency">{asApp.value.paymentCurrency}</Fact>
              <Fact name="Time zone">{asApp.value.timeZone}</Fact>
            </Facts>
          </Notice>
        )}
      </section>
      <section>
        <h2>The same from a browser</h2>
        <p>
          Scripts cannot elevate: they ask an endpoint, which decides what it
          gives away. This is <a href="/api/site-properties">the answer</a> of
          {" "}
          <code>GET /api/site-properties</code>.
        </p>
        <AskEndpoint path="/api/site-properties" />
      </section>
      <section>
        <h2>When this is dangerous</h2>
        <p>
          An elevated call has the app's rights whoever asks. It reads and
          changes what belongs to everybody, and Wix no longer looks whose order
          or profile it is.
        </p>
        <p>
          So check who asks before the call, take ids from the session rather
          than from the request, and return the fields that are needed instead
          of what Wix answered. When a call works without elevation, leave it
          so.
        </p>
      </section>
    </div>
  </>
));

function Refusal({ of }: { of: WixFailure }) {
  return (
    <Notice kind="bad" title={`Refused: ${of.status} ${of.code ?? ""}`}>
      <p>{of.description}</p>
      {of.requestId && (
        <p class="reference">
          Wix's request id: <code>{of.requestId}</code>
        </p>
      )}
    </Notice>
  );
}
