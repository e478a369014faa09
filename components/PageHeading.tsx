import type { ComponentChildren } from "preact";

interface PageHeadingProps {
  title: string;
  /** Pages above this one, the start left out. */
  above?: readonly { readonly href: string; readonly text: string }[];
  /** What the page is about, in a sentence or two. */
  children?: ComponentChildren;
}

/** Title of a page, and the way back up. */
export function PageHeading({ title, above = [], children }: PageHeadingProps) {
  return (
    <header class="page-heading">
      <nav class="breadcrumbs" aria-label="Breadcrumbs">
        <ol>
          {[{ href: "/", text: "Start" }, ...above].map(({ href, text }) => (
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
