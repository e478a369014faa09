import type { Quote } from "../ecom/quote.ts";
import { SHIPPING_OPTIONS } from "../ecom/shipping_options.ts";
import { shopPrice } from "../ecom/shop_terms.ts";
import { Html, html } from "../http/html.ts";
import {
  type CheckoutForm,
  type CheckoutProblems,
  COUNTRIES,
} from "./checkout_form.ts";
import { CHECKOUT_STYLE } from "./checkout_style.ts";
import { checkoutSummary } from "./checkout_summary.ts";
import { page } from "./layout.ts";

/** What the checkout page shows. */
export interface CheckoutPageOptions {
  readonly siteName: string;
  readonly quote: Quote;
  /** Where the cart can be changed, if there is such a page. */
  readonly cartPageUrl: string | undefined;
  readonly form: CheckoutForm;
  /** Default: online. */
  readonly payment?: "online" | "offline";
  readonly problems?: CheckoutProblems;
  /** Something about the order as a whole that needs a look. */
  readonly notice?: string;
}

/** The checkout page: what it costs, who gets it, and how it is paid. */
export function checkoutPage(options: CheckoutPageOptions): Response {
  const { siteName, quote, cartPageUrl, problems = {}, notice } = options;
  const isWrong = Object.keys(problems).length > 0;
  const alert = isWrong ? "Some fields need another look." : notice;
  const content = html`
    <style>${new Html(CHECKOUT_STYLE)}</style>
    <h1>Checkout</h1>
    <p class="soft">${siteName}</p>
    ${alert && html`<p class="error" role="alert">${alert}</p>`}
    <form class="checkout" method="post">
      ${checkoutSummary(quote, cartPageUrl)}
      <div>
        ${addressFields(options)}
        ${quote.shippingOption && delivery(quote.shippingOption.code)}
        ${paymentChoice(options.payment ?? "online")}
        <input type="hidden" name="total" value="${quote.total}">
        <div class="actions">
          <button class="primary" name="action" value="order">
            Place order</button>
          <button name="action" value="cancel" formnovalidate>Cancel</button>
        </div>
        <p class="update">
          <button name="action" value="update" formnovalidate>
            Update the total</button>
          <span class="hint">Country and delivery change it.</span>
        </p>
      </div>
    </form>
  `;
  return page("Checkout", content, { status: isWrong || notice ? 400 : 200 });
}

function addressFields({ form, problems = {} }: CheckoutPageOptions): Html {
  const field = (
    name: keyof CheckoutForm,
    label: string,
    autocomplete: string,
  ) =>
    html`
      <div class="field ${name}">
        <label for="${name}">${label}</label>
        <input id="${name}" name="${name}" value="${form[name]}" required
          type="${name === "email" ? "email" : "text"}" maxlength="100"
          autocomplete="${autocomplete}"
          ${new Html(describedBy(name, problems))}>
        ${problem(name, problems)}
      </div>
    `;
  return html`
    <h2>Who gets it</h2>
    <div class="fields">
      ${field("email", "E-mail", "email")}
      ${field("firstName", "First name", "given-name")}
      ${field("lastName", "Last name", "family-name")}
      ${field("addressLine", "Street and number", "street-address")}
      ${field("postalCode", "Postal code", "postal-code")}
      ${field("city", "City", "address-level2")}
      <div class="field country">
        <label for="country">Country</label>
        <select id="country" name="country" autocomplete="country"
          ${new Html(describedBy("country", problems))}>
          ${COUNTRIES.map((code) => countryOption(code, form.country))}
        </select>
        ${problem("country", problems)}
      </div>
    </div>
  `;
}

function describedBy(
  name: keyof CheckoutForm,
  problems: CheckoutProblems,
): string {
  return problems[name]
    ? `aria-invalid="true" aria-describedby="${name}-problem"`
    : "";
}

function problem(name: keyof CheckoutForm, problems: CheckoutProblems) {
  const text = problems[name];
  return text && html`<p class="error" id="${name}-problem">${text}</p>`;
}

const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region" });

function countryOption(code: string, picked: string): Html {
  return html`<option value="${code}" ${code === picked && "selected"}>${
    COUNTRY_NAMES.of(code)
  }</option>`;
}

function delivery(picked: string): Html {
  const choices = SHIPPING_OPTIONS.map((option) =>
    choice("shipping", option.code, {
      picked: option.code === picked,
      label: `${option.title}, ${shopPrice(option.usCents).formattedAmount}`,
      note: option.deliveryTime,
    })
  );
  return group("Delivery", choices);
}

function paymentChoice(picked: "online" | "offline"): Html {
  return group("Payment", [
    choice("payment", "online", {
      picked: picked === "online",
      label: "Pay now",
      note: "No money moves: the order is simply marked as paid.",
    }),
    choice("payment", "offline", {
      picked: picked === "offline",
      label: "Pay later",
      note: "The order waits for its payment.",
    }),
  ]);
}

function group(legend: string, choices: readonly Html[]): Html {
  return html`
    <fieldset>
      <legend>${legend}</legend>
      <div class="accounts">${choices}</div>
    </fieldset>
  `;
}

function choice(
  name: string,
  value: string,
  { picked, label, note }: { picked: boolean; label: string; note: string },
): Html {
  return html`
    <label class="account">
      <input type="radio" name="${name}" value="${value}" required
        ${picked && "checked"}>
      <span>${label} <small>${note}</small></span>
    </label>
  `;
}
