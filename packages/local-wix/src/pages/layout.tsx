/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { STYLE } from "./style.ts";

/** How a hosted page is sent. */
export interface PageOptions {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Style besides that of every page. */
  readonly style?: string;
  /** Sources of script. Default: the page runs none. */
  readonly scriptSource?: string;
  /** Origins that may show the page in a frame. Default: none. */
  readonly frameAncestors?: string;
  /** Uses the width of the window. Default: false. */
  readonly wide?: boolean;
  /** Seconds after which the page reloads. Default: never. */
  readonly refreshSeconds?: number | undefined;
}

/** A hosted page, which says that it is not the real Wix. */
export function page(
  title: string,
  content: ComponentChildren,
  options: PageOptions = {},
): Response {
  const { status = 200, headers, scriptSource, refreshSeconds } = options;
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    `frame-ancestors ${options.frameAncestors ?? "'none'"}`,
    ...(scriptSource ? [`script-src ${scriptSource}`] : []),
  ];
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Local Wix`}</title>
        {refreshSeconds && (
          <meta http-equiv="refresh" content={String(refreshSeconds)} />
        )}
        <link rel="icon" href="data:," />
        <Raw as="style" text={STYLE + (options.style ?? "")} />
      </head>
      <body class={options.wide ? "wide" : undefined}>
        <main>
          <p class="notice">
            <strong>Local Wix</strong>{" "}
            replaces Wix on this machine. These are demo accounts.
          </p>
          {content}
        </main>
      </body>
    </html>,
  );
  return new Response(`<!doctype html>${html}`, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": policy.join("; "),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

/** A style or script of ours: the one place where text is not escaped. */
export function Raw(
  { as: Tag, text }: { readonly as: "style" | "script"; readonly text: string },
): JSX.Element {
  // deno-lint-ignore react-no-danger -- constants, and an escaped literal
  return <Tag dangerouslySetInnerHTML={{ __html: text }} />;
}

/** A page with a title and a sentence. */
export function messagePage(
  title: string,
  text: ComponentChildren,
  options: PageOptions = {},
): Response {
  return page(
    title,
    <>
      <h1>{title}</h1>
      <p>{text}</p>
    </>,
    options,
  );
}

/** The page for a link that was used, has expired or never existed. */
export function staleLinkPage(): Response {
  return messagePage(
    "This link is no longer valid",
    "It was already used, has expired, or local Wix has restarted. Go back " +
      "to the site and try again.",
    { status: 404 },
  );
}

/** The page for a redirect to a URL that is not allowed. */
export function forbiddenRedirectPage(url: string): Response {
  return messagePage(
    "This redirect is not allowed",
    `${url} is not an allowed URL. Local Wix allows every http and https ` +
      "URL on this machine, unless its settings list redirect URIs.",
    { status: 400 },
  );
}

/** The page for a client id that is not the site's. */
export function unknownClientPage(clientId: string, known: string): Response {
  return messagePage(
    "Unknown client",
    `No OAuth app has the client id ${clientId}. Local Wix uses ` +
      `${known}.`,
    { status: 400 },
  );
}
