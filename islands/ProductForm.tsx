import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field } from "@/components/Field.tsx";
import { Swatch } from "@/components/OrderLines.tsx";
import {
  type Choices,
  chosenVariant,
  isInStock,
  type Variants,
} from "@/components/shop/choose_variant.ts";
import { Price } from "@/components/shop/Price.tsx";
import type { ProductView } from "@/lib/shop/product_views.ts";

interface ProductFormProps {
  readonly product: Variants & Pick<ProductView, "price" | "modifiers">;
  /** What the URL has chosen. */
  readonly chosen: Choices;
  /** Values of the other fields, as they were sent. */
  readonly values: Readonly<Record<string, string>>;
  /** Errors by the name of the field or option. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * Chooses a variant and adds it to the cart. Each choice is a link, and the form
 * is sent to the page's URL: without JavaScript the page is loaded again; with it
 * the choice is shown at once, and the URL follows.
 */
export default function ProductForm(
  { product, problems, values, ...props }: ProductFormProps,
) {
  const chosen = useSignal(props.chosen);
  const isSending = useSignal(false);
  const isSoldOut = !isInStock(product, chosen.value);

  useEffect(() => {
    // Back from the cart: browsers may have kept the page as it was left.
    addEventListener("pageshow", () => isSending.value = false);
  }, []);

  return (
    <div class="product-form">
      <p class="product-price" role="status">
        <Price {...chosenVariant(product, chosen.value) ?? product.price} />
      </p>
      {product.options.map(({ name, choices }) => {
        const problem = chosen.value[name] ? "" : problems[name] ?? "";
        return (
          <div
            class="option"
            role="group"
            aria-label={`${name} ${problem}`.trim()}
            key={name}
          >
            <p>
              <strong>{name}</strong>
              {problem && <small class="error">{problem}</small>}
            </p>
            <ul>
              {choices.map((choice) => {
                const next = { ...chosen.value, [name]: choice.name };
                const isSoldOut = !isInStock(product, next);
                // Relative: Fresh marks links by path, whatever their query.
                const href = `?${new URLSearchParams(next)}`;
                return (
                  <li key={choice.name}>
                    <a
                      class="button choice"
                      rel="nofollow"
                      href={href}
                      aria-current={chosen.value[name] === choice.name
                        ? "true"
                        : undefined}
                      data-sold-out={isSoldOut ? "" : undefined}
                      onClick={(event) => {
                        const { ctrlKey, metaKey, shiftKey } = event;
                        if (ctrlKey || metaKey || shiftKey) return;
                        event.preventDefault();
                        chosen.value = next;
                        history.replaceState(null, "", href);
                      }}
                    >
                      {choice.color && <Swatch color={choice.color} />}
                      {choice.name} {isSoldOut && <small>sold out</small>}
                    </a>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
      <form
        method="post"
        onSubmit={(event) => {
          if (isSending.value) event.preventDefault();
          isSending.value = true;
        }}
      >
        {product.modifiers.map(({ choices, field, key, ...modifier }) => (
          <Field
            {...modifier}
            key={key}
            name={field}
            value={values[field]}
            error={problems[field]}
          >
            {choices?.map(({ key, name }) => (
              <option key={key} value={key} selected={key === values[field]}>
                {name}
              </option>
            ))}
          </Field>
        ))}
        {isSoldOut
          ? (
            <p role="status">
              <span class="badge" data-tone="waiting">Sold out</span>
            </p>
          )
          : (
            <div class="buy">
              <Field
                label="Quantity"
                name="quantity"
                type="number"
                min={1}
                max={999}
                required
                value={values.quantity ?? "1"}
                error={problems.quantity}
              />
              <button type="submit">Add to cart</button>
            </div>
          )}
      </form>
    </div>
  );
}
