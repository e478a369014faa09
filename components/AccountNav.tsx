import { NavLinks } from "./NavLinks.tsx";

const LINKS = [
  { href: "/account", text: "Profile" },
  { href: "/account/orders", text: "Orders" },
  { href: "/account/settings", text: "Settings" },
  { href: "/account/privacy", text: "Privacy" },
];

/** The tabs of the account pages. */
export function AccountNav({ url }: { url: URL }) {
  return (
    <nav class="tabs" aria-label="Your account">
      <NavLinks links={LINKS} url={url} />
    </nav>
  );
}
