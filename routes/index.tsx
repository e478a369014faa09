import { define, type State } from "@/lib/define.ts";

const DEMONSTRATIONS = [
  {
    href: "/members",
    title: "An ambient call",
    text: "Lists the site's members by a plain members.queryMembers().find().",
  },
  {
    href: "/elevation",
    title: "An elevated call",
    text: "Shows a call that Wix refuses a visitor, and the endpoint that may.",
  },
  {
    href: "/account",
    title: "Your account",
    text: "Asks you to log in at Wix, then shows your profile.",
  },
  {
    href: "/account/orders",
    title: "Your orders",
    text: "The order history of whoever is logged in, page by page.",
  },
];

export default define.page(({ state }) => (
  <>
    <h1>A Fresh app with a Wix backend</h1>
    <p class="lead">
      Every visitor has a session, members log in at Wix, and any Wix SDK module
      works in a route. Nobody here handles a token.
    </p>
    <WhoYouAre session={state.session} />
    <ul class="cards">
      {DEMONSTRATIONS.map(({ href, title, text }) => (
        <li key={href}>
          <h2>
            <a href={href}>{title}</a>
          </h2>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  </>
));

function WhoYouAre({ session }: Pick<State, "session">) {
  if (session.kind === "member") {
    return (
      <p class="who">
        You are{" "}
        <strong>{session.member?.name ?? "a member"}</strong>, logged in at Wix.
      </p>
    );
  }
  return (
    <p class="who">
      You are a <strong>visitor</strong>
      {session.current === undefined
        ? ". Your session begins with the first call to Wix."
        : " with a session of your own."}
    </p>
  );
}
