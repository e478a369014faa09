import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { CartLine, CartView } from "@/lib/shop/cart_views.ts";
import type { CartProblem } from "@/lib/shop/cart.ts";
import {
  DescriptionItem,
  DescriptionList,
} from "@/components/DescriptionList.tsx";
import { Field } from "@/components/Field.tsx";
import { Notice } from "@/components/Notice.tsx";
import { Option } from "@/components/OrderLines.tsx";
import { Picture } from "./Picture.tsx";

/** Props of {@link CartContents}. */
export interface CartContentsProps {
  readonly cart: CartView;
  /** Why the last change was not made. */
  readonly problem: CartProblem | undefined;
  /** Whether changes are pending, so that the totals are outdated. */
  readonly isBusy?: boolean;
}

/** A cart with a form for each change. */
export function CartContents({ cart, problem, isBusy }: CartContentsProps) {
  const { coupon, isReady, lines, note, problems, totals } = cart;
  // Rendered again only when they change: not while users type in them.
  const items = useMemo(() =>
    lines.map((line) => (
      <Line
        key={line.id}
        line={line}
        problem={problem?.about === line.id ? problem.text : line.problem}
      />
    )), [lines, problem]);
  const forms = useMemo(
    () => <Forms coupon={coupon} note={note} problem={problem} />,
    [coupon?.id, note, problem],
  );
  return (
    <>
      {problem && !problem.about && (
        <Notice kind="bad">
          <p role="alert">{problem.text}</p>
        </Notice>
      )}
      {lines.length === 0
        ? (
          <Notice kind="empty" title="Your cart is empty">
            <p>
              <a class="button" href="/shop">Go to the shop</a>
            </p>
          </Notice>
        )
        : (
          <div class="cart">
            <ul class="cart-lines">{items}</ul>
            <section
              class="card"
              aria-label="Summary"
              aria-busy={isBusy ? "true" : "false"}
            >
              {forms}
              <DescriptionList>
                {totals.map(([name, amount]) => (
                  <DescriptionItem key={name} name={name}>
                    {amount}
                  </DescriptionItem>
                ))}
              </DescriptionList>
              {problems.map((text) => <p class="error" key={text}>{text}</p>)}
              <form class="inline" method="post" action="/checkout">
                <button type="submit" disabled={!isReady}>Check out</button>
              </form>
              <small>Delivery and tax are calculated at checkout.</small>
            </section>
          </div>
        )}
    </>
  );
}

function Forms(
  { coupon, note, problem }: Pick<CartView, "coupon" | "note"> & {
    readonly problem: CartProblem | undefined;
  },
) {
  const about = (name: string) =>
    problem?.about === name ? problem.text : undefined;
  return (
    <>
      <form class="inline" method="post" action="/cart">
        {coupon
          ? (
            <>
              <input type="hidden" name="couponId" value={coupon.id} />
              <span>
                Coupon <strong>{coupon.code}</strong>
              </span>
              <Action name="remove-coupon">Remove</Action>
            </>
          )
          : (
            <>
              <Field
                label="Coupon"
                name="code"
                autocomplete="off"
                maxLength={50}
                required
                value={problem?.code}
                error={about("coupon")}
              />
              <Action name="add-coupon">Apply</Action>
            </>
          )}
      </form>
      <form class="inline" method="post" action="/cart">
        <Field
          label="Note to the shop"
          name="note"
          value={note}
          maxLength={1000}
          error={about("note")}
        />
        <Action name="set-note">Save</Action>
      </form>
    </>
  );
}

/** A button of a form; `name` is the change that the route makes. */
function Action(
  { class: style = "plain", name, ...props }: {
    name: string;
    class?: string;
    formNoValidate?: boolean;
    children: ComponentChildren;
  },
) {
  return (
    <button type="submit" class={style} name="action" value={name} {...props} />
  );
}

function Line(
  { line, problem }: { line: CartLine; problem: string | undefined },
) {
  const { available, href, id, name, options, picture, quantity } = line;
  return (
    <li>
      <Picture picture={picture} />
      <div>
        <h2>{href ? <a href={href}>{name}</a> : name}</h2>
        {options.map((option) => <Option key={option.name} option={option} />)}
        <small>{line.unitPrice} each</small>
      </div>
      <strong class="amount">{line.total}</strong>
      <form class="inline" method="post" action="/cart">
        <input type="hidden" name="lineId" value={id} />
        <label>
          <span class="visually-hidden">Quantity of {name}</span>
          <input
            name="quantity"
            type="number"
            inputMode="numeric"
            min={0}
            max={available || 999}
            required
            value={quantity}
            aria-describedby={problem && `problem-${id}`}
            // Only with JavaScript; see the island.
            onChange={({ currentTarget: { form } }) =>
              form?.requestSubmit(form.querySelector("button"))}
          />
        </label>
        <Action name="set-quantity" class="plain unscripted">Update</Action>
        <Action name="remove" formNoValidate>
          Remove
          <span class="visually-hidden">{name}</span>
        </Action>
      </form>
      {problem && (
        <p class="error" id={`problem-${id}`} role="alert">{problem}</p>
      )}
    </li>
  );
}
