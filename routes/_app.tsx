import { asset } from "fresh/runtime";
import { Footer } from "@/components/Footer.tsx";
import { Header } from "@/components/Header.tsx";
import { SeoTags } from "@/components/SeoTags.tsx";
// #region shop
import { CartLink } from "@/components/shop/CartLink.tsx";
// #endregion
import { define } from "@/lib/define.ts";
// #region shop
import { countFor } from "@/lib/shop/cookies.ts";
// #endregion
import { SITE } from "@/lib/site.ts";
import { wix } from "@/lib/wix.ts";

/** Twice the size on the page. */
const PHOTO_PIXELS = 64;

export default define.page(({ Component, state, url }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>
        {state.title === undefined
          ? `${SITE.name} – ${SITE.tagline}`
          : `${state.title} · ${SITE.name}`}
      </title>
      {state.seo
        ? <SeoTags seo={state.seo} title={state.title} />
        : <meta name="description" content={SITE.description} />}
      <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
      {/* In development, pages without islands reload after an edit too. */}
      {import.meta.env?.DEV && (
        <script type="module" src="/@id/fresh:client-entry" />
      )}
    </head>
    <body>
      <a class="skip-link" href="#main">Skip to content</a>
      <Header
        session={state.session}
        photo={wix.imageUrl(state.session.member?.photo, PHOTO_PIXELS)}
        url={url}
      >
        {/* #region shop */}
        <CartLink count={countFor(state)} url={url} />
        {/* #endregion */}
      </Header>
      <main id="main" class="page" tabIndex={-1}>
        <Component />
      </main>
      <Footer />
    </body>
  </html>
));
