import type { RequestSession } from "@/lib/session/request_session.ts";

const LINKS = [
  { href: "/members", text: "Members" },
  { href: "/elevation", text: "Elevation" },
  { href: "/account/orders", text: "Orders" },
  { href: "/account", text: "Account" },
];

interface HeaderProps {
  session: Pick<RequestSession, "kind" | "member">;
  url: URL;
}

/** The site's header: where one can go, and who one is. */
export function Header({ session, url }: HeaderProps) {
  return (
    <header class="site-header">
      <a class="brand" href="/">fresh-wix</a>
      <nav aria-label="Main">
        <ul>
          {LINKS.map(({ href, text }) => (
            <li key={href}>
              <a
                href={href}
                aria-current={url.pathname === href ? "page" : undefined}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {session.kind === "member"
        ? <MemberControls name={session.member?.name ?? "Member"} />
        : <VisitorControls url={url} />}
    </header>
  );
}

function MemberControls({ name }: { name: string }) {
  return (
    <form class="identity" method="post" action="/api/auth/logout">
      <span>{name}</span>
      <button type="submit">Log out</button>
    </form>
  );
}

function VisitorControls({ url }: { url: URL }) {
  // Endpoints are no pages to come back to, and their queries hold codes.
  const isPage = !url.pathname.startsWith("/api/");
  const query = new URLSearchParams({
    returnToUrl: isPage ? url.pathname + url.search : "/",
  });
  return (
    <p class="identity">
      <span>Visitor</span>
      <a class="button" href={`/api/auth/login?${query}`}>Log in</a>
    </p>
  );
}
