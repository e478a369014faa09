import { html } from "../http/html.ts";
import { page } from "./layout.ts";

/** Wix's own thank-you page, for sites that have none. */
export function thankYouPage(
  orderNumber: string,
  postFlowUrl: string | undefined,
): Response {
  return page(
    "Thank you",
    html`
      <h1>Thank you</h1>
      <p>Your order ${orderNumber} was placed.</p>
      ${postFlowUrl && html`<p><a href="${postFlowUrl}">Continue</a></p>`}
    `,
  );
}
