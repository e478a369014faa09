import type { Link } from "@/lib/site.ts";

interface NavLinksProps {
  links: readonly Link[];
  /** URL of the current page. */
  url: URL;
}

/** The links of a `<nav>`, with `aria-current` on the current page. */
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
