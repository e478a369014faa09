import { Excerpt } from "@/components/Excerpt.tsx";
import { Logo } from "@/components/Logo.tsx";
import { SessionSummary } from "@/components/SessionSummary.tsx";
import { SHOP } from "@/components/shop.ts";
import { define } from "@/lib/define.ts";

const DEMONSTRATIONS = [
  {
    href: "/members",
    title: "Ask Wix as whoever asks",
    text: "Any SDK module works in a route, as the visitor or member.",
    excerpt: "members",
  },
  {
    href: "/account/orders",
    title: "Show members what is theirs",
    text: "Their orders, page by page. Wix gives each member their own only.",
    excerpt: "orders",
  },
  {
    href: "/account/settings",
    title: "Let members change what is theirs",
    text: "A form that needs no script. Wix saves it as the member.",
    excerpt: "settings",
  },
  {
    href: "/account",
    title: "Keep pages for members",
    text: "One guard for a whole folder. Visitors log in at Wix and come back.",
    excerpt: "guard",
  },
  {
    href: "/elevation",
    title: "Ask Wix as the app",
    text: "For what visitors may not ask, on the server only.",
    excerpt: "elevated",
  },
  {
    href: "/islands",
    title: "Ask Wix from the browser",
    text: "The same modules in islands, without a token in the browser.",
    excerpt: "search",
  },
];

export default define.page(({ state }) => (
  <>
    <section class="hero">
      <Logo size={72} />
      <div>
        <h1>{SHOP.line}, and a backend by Wix</h1>
        <p class="lead">
          This is a demonstration shop: a Deno and Fresh app in which visitors
          have sessions, members log in at Wix, and any Wix SDK module works in
          a route. Nobody here writes a token, a client or a cookie.
        </p>
      </div>
    </section>
    <SessionSummary session={state.session} />
    <h2 class="section-title">
      Six demonstrations, and the lines that do them
    </h2>
    <ul class="cards">
      {DEMONSTRATIONS.map(({ href, title, text, excerpt }) => (
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
