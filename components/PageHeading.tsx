import type { ComponentChildren } from "preact";

interface PageHeadingProps {
  title: string;
  /** Parent pages, without the home page. */
  breadcrumbs?: readonly { readonly href: string; readonly text: string }[];
  /** Summary of the page, in a sentence or two. */
  children?: ComponentChildren;
}

/** Title of a page, with breadcrumbs. */
export function PageHeading(
  { title, breadcrumbs = [], children }: PageHeadingProps,
) {
  return (
    <header class="page-heading">
      <nav class="breadcrumbs" aria-label="Breadcrumbs">
        <ol>
          {[{ href: "/", text: "Home" }, ...breadcrumbs].map((
            { href, text },
          ) => (
            <li key={href}>
              <a href={href}>{text}</a>
            </li>
          ))}
          <li>
            <span aria-current="page">{title}</span>
          </li>
        </ol>
      </nav>
      <h1>{title}</h1>
      {children && <div class="lead">{children}</div>}
    </header>
  );
}
