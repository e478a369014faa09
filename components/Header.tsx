import type { Session } from "@fresh-wix/core";
import type { ComponentChildren } from "preact";
import { Logo } from "./Logo.tsx";
import { type MemberIdentity, MemberMenu } from "./MemberMenu.tsx";
import { NavLinks } from "./NavLinks.tsx";
import LiveMemberMenu from "@/islands/LiveMemberMenu.tsx";
import { NAVIGATION, SITE } from "@/lib/site.ts";

interface HeaderProps {
  session: Session;
  /** URL of the member's photo. */
  photo: string | undefined;
  url: URL;
  /** More of the navigation, such as a link to the cart. */
  children?: ComponentChildren;
}

/** The site's header: navigation, and login or member menu. */
export function Header({ session, photo, url, children }: HeaderProps) {
  return (
    <header class="site-header">
      <div class="page">
        <a class="brand" href="/">
          <Logo />
          <span>{SITE.name}</span>
        </a>
        <nav aria-label="Main">
          <NavLinks links={NAVIGATION} url={url} />
          {children}
        </nav>
        <div class="identity">
          {session.kind === "member"
            ? <Member name={session.member.name} photo={photo} url={url} />
            : <Visitor url={url} />}
        </div>
      </div>
    </header>
  );
}

/** Account pages load scripts anyway, so their menu is an island. */
function Member({ url, ...member }: MemberIdentity & { url: URL }) {
  return url.pathname.startsWith("/account")
    ? <LiveMemberMenu {...member} />
    : <MemberMenu {...member} />;
}

function Visitor({ url }: { url: URL }) {
  // Don't return to endpoints: they are not pages, and their URLs may hold codes.
  const isPage = !url.pathname.startsWith("/api/");
  const query = new URLSearchParams({
    returnToUrl: isPage ? url.pathname + url.search : "/",
  });
  return (
    <>
      <span>Visitor</span>
      <a class="button" href={`/api/auth/login?${query}`}>Log in</a>
    </>
  );
}
