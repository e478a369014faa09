import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field } from "@/components/Field.tsx";
import {
  type Choices,
  choicesQuery,
  chosenVariant,
  isInStock,
  type OptionView,
} from "@/components/shop/choose_variant.ts";
import { Price } from "@/components/shop/Price.tsx";
import type {
  ModifierView,
  ProductForm as Product,
} from "@/lib/shop/product_views.ts";

interface ProductFormProps {
  readonly product: Product;
  /** What the URL has chosen. */
  readonly chosen: Choices;
  /** Values of the other fields, as they were sent. */
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong, by the field's name or the option's id. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * Chooses a variant and adds it to the cart. Each choice is a link, and the form
 * a form: without JavaScript the page is loaded again; with it the choice is
 * shown at once, and the URL follows.
 */
export default function ProductForm(
  { product, problems, values, ...props }: ProductFormProps,
) {
  const chosen = useSignal(props.chosen);
  const isSending = useSignal(false);
  const variant = chosenVariant(product, chosen.value);
  const isSoldOut = !isInStock(product, chosen.value);

  useEffect(() => {
    // Back from the cart: browsers may have kept the page as it was left.
    addEventListener("pageshow", () => isSending.value = false);
  }, []);

  const choose = (event: MouseEvent, choices: Choices) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    chosen.value = choices;
    history.replaceState(null, "", choicesQuery(product, choices));
  };

  return (
    <div class="product-form">
      <p class="product-price" role="status">
        {variant
          ? <Price price={variant.price} before={variant.before} />
          : <Price {...product.price} />}
      </p>
      {product.options.map((option) => (
        <Option
          key={option.id}
          option={option}
          product={product}
          chosen={chosen.value}
          problem={problems[option.id]}
          choose={choose}
        />
      ))}
      <form
        method="post"
        action={`/products/${product.slug}${
          choicesQuery(product, chosen.value)
        }`}
        onSubmit={(event) => {
          if (isSending.value) event.preventDefault();
          isSending.value = true;
        }}
      >
        {product.modifiers.map((modifier) => (
          <Modifier
            key={modifier.field}
            modifier={modifier}
            value={values[modifier.field]}
            problem={problems[modifier.field]}
          />
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

interface OptionProps {
  readonly option: OptionView;
  readonly product: Product;
  readonly chosen: Choices;
  readonly problem: string | undefined;
  readonly choose: (event: MouseEvent, choices: Choices) => void;
}

function Option(
  { option: { id, name, choices }, product, chosen, ...props }: OptionProps,
) {
  return (
    <div class="option" role="group" aria-labelledby={`option-${id}`}>
      <p id={`option-${id}`}>
        <strong>{name}</strong>
        {!chosen[id] && props.problem && (
          <small class="error">{props.problem}</small>
        )}
      </p>
      <ul>
        {choices.map(({ id: choiceId, name, color }) => {
          const next = { ...chosen, [id]: choiceId };
          const isSoldOut = !isInStock(product, next);
          return (
            <li key={choiceId}>
              <a
                class="button choice"
                rel="nofollow"
                // Relative: Fresh marks links by path, whatever their query.
                href={choicesQuery(product, next)}
                aria-current={chosen[id] === choiceId ? "true" : undefined}
                data-sold-out={isSoldOut ? "" : undefined}
                onClick={(event) => props.choose(event, next)}
              >
                {color && (
                  <svg width="16" height="16" aria-hidden="true">
                    <circle
                      cx="8"
                      cy="8"
                      r="7"
                      fill={color}
                      stroke="currentColor"
                    />
                  </svg>
                )}
                {name} {isSoldOut && <small>sold out</small>}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface ModifierProps {
  readonly modifier: ModifierView;
  readonly value: string | undefined;
  readonly problem: string | undefined;
}

function Modifier({ modifier, value, problem }: ModifierProps) {
  const { choices, field, isRequired, maxLength, name } = modifier;
  const label = isRequired ? name : `${name} (optional)`;
  return choices
    ? (
      <Field label={label} name={field} value={value} error={problem}>
        <option value="">{isRequired ? "Choose…" : "None"}</option>
        {choices.map((choice) => (
          <option
            key={choice.key}
            value={choice.key}
            selected={choice.key === value}
          >
            {choice.name}
          </option>
        ))}
      </Field>
    )
    : (
      <Field
        label={label}
        name={field}
        value={value}
        required={isRequired}
        maxLength={maxLength}
        hint={`At most ${maxLength} characters.`}
        error={problem}
      />
    );
}
