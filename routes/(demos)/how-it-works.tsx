import { page } from "fresh";
import { Excerpt, hasExcerpt } from "@/components/Excerpt.tsx";
import { PageHeading } from "@/components/PageHeading.tsx";
import { SessionSummary } from "@/components/SessionSummary.tsx";
import { define } from "@/lib/define.ts";

const EXAMPLES = [
  {
    href: "/members",
    title: "Call Wix as the current user",
    text: "Import any SDK module and call it in a route.",
    excerpt: "members",
  },
  {
    href: "/account/orders",
    title: "Order history",
    text: "Members browse and filter their own orders.",
    excerpt: "orders",
  },
  {
    href: "/account/settings",
    title: "Account settings",
    text: "A form that works without JavaScript and saves to Wix.",
    excerpt: "settings",
  },
  {
    href: "/account",
    title: "Members-only pages",
    text:
      "One guard protects a folder. Visitors log in and return to the page.",
    excerpt: "guard",
  },
  {
    href: "/account/vip",
    title: "Pages for members with a badge",
    text: "The badge is checked with Wix on each request.",
    excerpt: "badge",
  },
  {
    href: "/elevation",
    title: "Call Wix as the app",
    text: "Elevated calls use the app's permissions, on the server only.",
    excerpt: "elevated",
  },
  {
    href: "/islands",
    title: "Call Wix from the browser",
    text: "Islands use the same SDK. No token reaches the browser.",
    excerpt: "search",
  },
];

export const handler = define.handlers({
  GET(ctx) {
    ctx.state.title = "How it works";
    return page({});
  },
});

export default define.page(({ state }) => (
  <>
    <PageHeading title="How it works">
      <p>
        This demo shop is a Fresh app on Deno. Visitors get a session, members
        log in at Wix, and any Wix SDK module works in a route. Tokens, clients
        and cookies are handled for you.
      </p>
    </PageHeading>
    <SessionSummary session={state.session} />
    <h2 class="section-title">Examples with their source code</h2>
    <ul class="cards">
      {EXAMPLES.filter(({ excerpt }) => hasExcerpt(excerpt)).map((
        { href, title, text, excerpt },
      ) => (
        <li key={href}>
          <h3>
            <a href={href}>{title}</a>
          </h3>
          <p>{text}</p>
          <Excerpt name={excerpt} />
        </li>
      ))}
    </ul>
  </>
));
