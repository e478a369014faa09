import { NavLinks } from "./NavLinks.tsx";
import { ACCOUNT_TABS } from "@/lib/site.ts";

/** The tabs of the account pages. */
export function AccountNav({ url }: { url: URL }) {
  return (
    <nav class="tabs" aria-label="Your account">
      <NavLinks links={ACCOUNT_TABS} url={url} />
    </nav>
  );
}
