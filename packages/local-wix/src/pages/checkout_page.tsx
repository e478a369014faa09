/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Quote, QuotedLine } from "../cart/quote.ts";
import { shopPrice } from "../shop/money.ts";
import { SHIPPING_OPTIONS } from "../shop/offers.ts";
import {
  type CheckoutField,
  type CheckoutForm,
  type CheckoutProblems,
  COUNTRIES,
} from "./checkout_form.ts";
import { page } from "./layout.tsx";
import { CHECKOUT_STYLE } from "./style.ts";

/** What the checkout page shows. */
export interface CheckoutPageOptions {
  readonly siteName: string;
  readonly quote: Quote;
  /** What a gift card pays of it, in US cents. */
  readonly redeemed: number;
  /** Where the cart can be changed. */
  readonly cartPageUrl: string | undefined;
  /** The buyer's, when it is a member. */
  readonly memberEmail: string | undefined;
  readonly form: CheckoutForm;
  /** Default: online. */
  readonly payment?: "online" | "offline";
  readonly problems?: CheckoutProblems;
  /** A problem of the order as a whole. */
  readonly notice?: string;
}

/** The checkout page: costs, recipient, delivery and payment. */
export function checkoutPage(options: CheckoutPageOptions): Response {
  const { siteName, quote, memberEmail, form, notice } = options;
  const { problems = {}, payment = "online" } = options;
  const isWrong = Object.keys(problems).length > 0;
  const alert = isWrong ? "Check the highlighted fields." : notice;
  const content = (
    <>
      <h1>Checkout</h1>
      <p class="soft">{siteName}</p>
      {alert && <p class="error" role="alert">{alert}</p>}
      {memberEmail ? <p class="soft">Logged in as {memberEmail}.</p> : (
        // A form of its own: Enter in a field must place the order.
        <form class="update" method="post">
          <button name="action" value="login">Log in</button>
          <span class="hint">Or go on as a guest.</span>
        </form>
      )}
      <form class="checkout" method="post">
        <Summary {...options} />
        <div>
          <AddressFields form={form} problems={problems} />
          {quote.shippingOption && (
            <Choices
              legend="Delivery"
              name="shipping"
              selected={quote.shippingOption.code}
              choices={SHIPPING_OPTIONS.map((option) => [
                option.code,
                `${option.title}, ${text(option.usCents)}`,
                option.deliveryTime,
              ])}
            />
          )}
          <Choices
            legend="Payment"
            name="payment"
            selected={payment}
            choices={[
              [
                "online",
                "Pay now",
                "No payment is made: the order is marked as paid.",
              ],
              ["offline", "Pay later", "The order awaits payment."],
            ]}
          />
          <input type="hidden" name="total" value={quote.total} />
          <div class="actions">
            <button class="primary" name="action" value="order">
              Place order
            </button>
            <button name="action" value="cancel" formnovalidate>Cancel</button>
          </div>
          <p class="update">
            <button name="action" value="update" formnovalidate>
              Update the total
            </button>
            <span class="hint">Country and delivery change it.</span>
          </p>
        </div>
      </form>
    </>
  );
  const status = isWrong || notice ? 400 : 200;
  return page("Checkout", content, { style: CHECKOUT_STYLE, status });
}

function Summary(
  { quote, redeemed, cartPageUrl }: Pick<
    CheckoutPageOptions,
    "quote" | "redeemed" | "cartPageUrl"
  >,
): JSX.Element {
  const rows: [string | undefined, number][] = [
    ["Subtotal", quote.subtotal],
    [quote.coupon?.name, -quote.discount],
    [quote.shippingOption && "Delivery", quote.shipping],
    ["Tax", quote.tax],
  ];
  return (
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">Your order</h2>
      <ul>{quote.lines.map((line) => <OrderLine line={line} />)}</ul>
      <dl>
        {rows.map(([name, minor]) =>
          name && (
            <div>
              <dt>{name}</dt>
              <dd>{text(minor)}</dd>
            </div>
          )
        )}
        <div class="total">
          <dt>Total</dt>
          <dd>{text(quote.total)}</dd>
        </div>
        {redeemed > 0 && (
          <div>
            <dt>Paid by gift card</dt>
            <dd>{text(redeemed)}</dd>
          </div>
        )}
      </dl>
      {cartPageUrl && (
        <p>
          <a href={cartPageUrl}>Change the cart</a>
        </p>
      )}
    </section>
  );
}

function OrderLine({ line }: { readonly line: QuotedLine }): JSX.Element {
  const { product, descriptionLines, quantity, amounts } = line;
  const choices = descriptionLines.map(({ name, plainText, colorInfo }) =>
    `${name.original}: ${(plainText ?? colorInfo)?.original}`
  ).join(", ");
  return (
    <li>
      <span>
        {quantity} × {product.name} {choices && <small>{choices}</small>}
      </span>
      <span>{text(amounts.beforeDiscount)}</span>
    </li>
  );
}

interface FieldProps {
  readonly form: CheckoutForm;
  readonly problems: CheckoutProblems;
}

function AddressFields({ form, problems }: FieldProps): JSX.Element {
  const inputs: [CheckoutField, label: string, autocomplete: string][] = [
    ["email", "Email", "email"],
    ["firstName", "First name", "given-name"],
    ["lastName", "Last name", "family-name"],
    ["addressLine", "Street and number", "street-address"],
    ["postalCode", "Postal code", "postal-code"],
    ["city", "City", "address-level2"],
  ];
  return (
    <>
      <h2>Ship to</h2>
      <div class="fields">
        {inputs.map(([name, label, autocomplete]) => (
          <div class={`field ${name}`}>
            <label for={name}>{label}</label>
            <input
              id={name}
              name={name}
              value={form[name]}
              required
              type={name === "email" ? "email" : "text"}
              maxlength={100}
              autocomplete={autocomplete as "email"}
              {...describedBy(name, problems)}
            />
            <Problem name={name} problems={problems} />
          </div>
        ))}
        <div class="field country">
          <label for="country">Country</label>
          <select
            id="country"
            name="country"
            autocomplete="country"
            {...describedBy("country", problems)}
          >
            {COUNTRIES.map((code) => (
              <option value={code} selected={code === form.country}>
                {COUNTRY_NAMES.of(code)}
              </option>
            ))}
          </select>
          <Problem name="country" problems={problems} />
        </div>
      </div>
    </>
  );
}

const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region" });

function describedBy(name: CheckoutField, problems: CheckoutProblems) {
  return problems[name] && {
    "aria-invalid": true,
    "aria-describedby": `${name}-problem`,
  };
}

function Problem(
  { name, problems }: {
    readonly name: CheckoutField;
    readonly problems: CheckoutProblems;
  },
): JSX.Element | null {
  const text = problems[name];
  return text ? <p class="error" id={`${name}-problem`}>{text}</p> : null;
}

function Choices(
  { legend, name, selected, choices }: {
    readonly legend: string;
    readonly name: string;
    readonly selected: string;
    readonly choices: readonly [value: string, label: string, note: string][];
  },
): JSX.Element {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="accounts">
        {choices.map(([value, label, note]) => (
          <label class="account">
            <input
              type="radio"
              name={name}
              value={value}
              required
              checked={value === selected}
            />
            <span>
              {label} <small>{note}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function text(minor: number): string {
  return shopPrice(minor).formattedAmount;
}

/** Wix's own thank-you page, for sites that have none. */
export function thankYouPage(
  orderNumber: string,
  postFlowUrl: string | undefined,
): Response {
  return page(
    "Thank you",
    <>
      <h1>Thank you</h1>
      <p>Your order {orderNumber} was placed.</p>
      {postFlowUrl && (
        <p>
          <a href={postFlowUrl}>Continue</a>
        </p>
      )}
    </>,
  );
}
