import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Field } from "@/components/Field.tsx";
import {
  type Choices,
  choicesQuery,
  chosenVariant,
  isInStock,
  type OptionView,
  readChoices,
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
  // Relative: Fresh marks links to the page's path, whatever their query.
  const href = (choices: Choices) => choicesQuery(product, choices);
  const variant = chosenVariant(product, chosen.value);
  const isSoldOut = !isInStock(product, chosen.value);

  useEffect(() => {
    const onReturn = () => {
      isSending.value = false;
      chosen.value = readChoices(product, new URLSearchParams(location.search));
    };
    // Back from another page, which browsers may have kept as it was left.
    addEventListener("pageshow", onReturn);
    return () => removeEventListener("pageshow", onReturn);
  }, []);

  const choose = (event: MouseEvent, choices: Choices) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    chosen.value = choices;
    history.replaceState(null, "", href(choices));
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
          chosen={chosen.value}
          problem={chosen.value[option.id] ? undefined : problems[option.id]}
          href={href}
          isInStock={(choices) => isInStock(product, choices)}
          choose={choose}
        />
      ))}
      <form
        method="post"
        action={`/products/${product.slug}${href(chosen.value)}`}
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
                inputMode="numeric"
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
  readonly chosen: Choices;
  readonly problem: string | undefined;
  readonly href: (choices: Choices) => string;
  readonly isInStock: (choices: Choices) => boolean;
  readonly choose: (event: MouseEvent, choices: Choices) => void;
}

function Option(
  { option: { id, name, choices }, chosen, problem, ...props }: OptionProps,
) {
  const current = choices.find((choice) => choice.id === chosen[id])?.name;
  return (
    <div class="option" role="group" aria-labelledby={`option-${id}`}>
      <p id={`option-${id}`}>
        <strong>{name}</strong> {current}
        {problem && <small class="error">{problem}</small>}
      </p>
      <ul>
        {choices.map(({ id: choiceId, name, color }) => {
          const next = { ...chosen, [id]: choiceId };
          const isSoldOut = !props.isInStock(next);
          return (
            <li key={choiceId}>
              <a
                class="button choice"
                rel="nofollow"
                href={props.href(next)}
                aria-current={chosen[id] === choiceId ? "true" : undefined}
                data-sold-out={isSoldOut ? "" : undefined}
                onClick={(event) => props.choose(event, next)}
              >
                {color && (
                  <svg width="16" height="16" aria-hidden="true">
                    <circle cx="8" cy="8" r="7.5" fill={color} />
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
