import { Html, html } from "../http/html.ts";
import { STYLE } from "./style.ts";

/** How a hosted page is sent. */
export interface PageOptions {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sources of script; a page without any runs none. */
  readonly scriptSource?: string;
  /** Who may show the page in a frame. Default: nobody. */
  readonly frameAncestors?: string;
  /** Takes the width of the window. Default: false. */
  readonly wide?: boolean;
  /** Seconds after which the page loads itself again. Default: never. */
  readonly refreshSeconds?: number | undefined;
}

/** A hosted page: says on each screen that it is not the real Wix. */
export function page(
  title: string,
  content: Html,
  options: PageOptions = {},
): Response {
  const { status = 200, headers = {}, scriptSource, frameAncestors } = options;
  const { wide = false, refreshSeconds } = options;
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors ?? "'none'"}`,
    ...(scriptSource ? [`script-src ${scriptSource}`] : []),
  ];
  const document = html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title} · Local Wix</title>
        ${refreshSeconds &&
          html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
        <link rel="icon" href="data:,">
        <style>${new Html(STYLE)}</style>
      </head>
      <body${wide && html`
        class="wide"
      `}>
        <main>
          <p class="notice"><strong>Local Wix</strong> stands in for Wix on this
            machine. Its accounts are made up.</p>
          ${content}
        </main>
        </body>
        </html>
  `;
  return new Response(document.text.trim(), {
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

/** A page that only tells something. */
export function messagePage(
  title: string,
  text: string,
  options: PageOptions = {},
): Response {
  return page(
    title,
    html`
      <h1>${title}</h1>
      <p>${text}</p>
    `,
    options,
  );
}
