import { siteProperties } from "@wix/business-tools";
import { page } from "fresh";
import { Excerpt } from "@/components/Excerpt.tsx";
import {
  DescriptionItem,
  DescriptionList,
} from "@/components/DescriptionList.tsx";
import { Notice } from "@/components/Notice.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import FetchEndpoint from "@/islands/FetchEndpoint.tsx";
import { define } from "@/lib/define.ts";
import { getPublicSiteProperties } from "@/lib/site_properties.ts";
import { toWixError, type WixFailure } from "@fresh-wix/core/errors";

export const handler = define.handlers({
  async GET(ctx) {
    ctx.state.title = "Elevation";
    // #region refused
    const call = attempt(siteProperties.getSiteProperties);
    // #endregion
    const [asUser, asApp] = await Promise.all([
      call,
      attempt(getPublicSiteProperties),
    ]);
    return page({ asUser: { refusal: asUser.refusal }, asApp });
  },
});

interface Attempt<T> {
  readonly value?: T;
  /** Set when Wix refused the call (403). */
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

export default define.page<typeof handler>(({ data: { asUser, asApp } }) => (
  <>
    <PageHeading title="Elevation">
      <p>
        Wix returns a site's properties to its owner and its apps, but not to
        visitors or members. An elevated call runs with the app's permissions.
      </p>
    </PageHeading>
    <div class="side-by-side">
      <section>
        <h2>As the current user</h2>
        <Excerpt name="refused" />
        {asUser.refusal
          ? <Refusal of={asUser.refusal} />
          : (
            <Notice kind="good" title="Allowed">
              <p>This site shows its properties to everyone.</p>
            </Notice>
          )}
      </section>
      <section>
        <h2>As the app</h2>
        <Excerpt name="elevated" />
        {asApp.refusal && <Refusal of={asApp.refusal} />}
        {asApp.value && (
          <Notice kind="good" title="Allowed">
            <DescriptionList>
              <DescriptionItem name="Business">
                {asApp.value.businessName}
              </DescriptionItem>
              <DescriptionItem name="Language">
                {asApp.value.language}
              </DescriptionItem>
              <DescriptionItem name="Currency">
                {asApp.value.paymentCurrency}
              </DescriptionItem>
              <DescriptionItem name="Time zone">
                {asApp.value.timeZone}
              </DescriptionItem>
            </DescriptionList>
          </Notice>
        )}
      </section>
      <section>
        <h2>From the browser</h2>
        <p>
          Browsers can't make elevated calls. They call an endpoint, which
          chooses the fields to return. Open{" "}
          <a href="/api/site-properties">/api/site-properties</a>{" "}
          to see the response.
        </p>
        <FetchEndpoint path="/api/site-properties" />
      </section>
      <section>
        <h2>Use elevated calls with care</h2>
        <p>
          An elevated call can read and change the data of every member. Wix
          doesn't check who owns an order or a profile.
        </p>
        <ul>
          <li>Check the user's permissions before the call.</li>
          <li>Take ids from the session, not from the request.</li>
          <li>Return only the fields you need.</li>
          <li>If a call works without elevation, leave it that way.</li>
        </ul>
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
          Wix request id: <code>{of.requestId}</code>
        </p>
      )}
    </Notice>
  );
}
