const LINKS = [
  { href: "/account", text: "Profile" },
  { href: "/account/orders", text: "Orders" },
  { href: "/account/settings", text: "Settings" },
  { href: "/account/vip", text: "For VIPs" },
];

/** The pages of a member's account. */
export function AccountNav({ url }: { url: URL }) {
  return (
    <nav class="tabs" aria-label="Your account">
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
  );
}
