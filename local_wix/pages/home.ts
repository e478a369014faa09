import type { Call } from "../call.ts";
import { html } from "../http/html.ts";
import { page } from "./layout.ts";

/** The page at the root: what this server is and how to use it. */
export function home({ origin, backend }: Call): Response {
  const accounts = backend.accounts.map(({ email, note }) =>
    html`<li>${email} <span class="soft">${note}</span></li>`
  );
  return page(
    "Running",
    html`
      <h1>Local Wix is running</h1>
      <p>It answers the Wix APIs for the site ${backend.site.name} at
        <code>${origin}</code>, client id <code>${backend.site
          .clientId}</code>.</p>
      <h2>Accounts</h2>
      <ul>${accounts}</ul>
      <p><a href="/_local/counters">Request counters</a></p>
    `,
  );
}
