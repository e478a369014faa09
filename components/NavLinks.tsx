interface NavLinksProps {
  links: readonly { readonly href: string; readonly text: string }[];
  /** Of the page that they are on. */
  url: URL;
}

/** The links of a `<nav>`; the one to the page itself says so. */
export function NavLinks({ links, url }: NavLinksProps) {
  return (
    <ul>
      {links.map(({ href, text }) => (
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
  );
}
