import type { ComponentChildren, JSX } from "preact";

type InputAttributes = Pick<
  JSX.InputHTMLAttributes<HTMLInputElement>,
  | ("type" | "autocomplete" | "required" | "maxLength" | "inputMode")
  | ("dir" | "autocapitalize" | "spellcheck" | "min" | "max")
>;

interface FieldProps extends InputAttributes {
  label: string;
  /** Name and id of the input. */
  name: string;
  value: string | undefined;
  hint?: string;
  /** Error message, shown below the field. */
  error?: string | undefined;
  /** Options: renders a `<select>` instead of an `<input>`. */
  children?: ComponentChildren;
}

/** A form field with label, hint and error. */
export function Field(
  { label, name, value = "", hint, error, children, ...input }: FieldProps,
) {
  const notes = [
    hint && `${name}-hint`,
    error && `${name}-error`,
  ].filter(Boolean).join(" ");
  const shared = {
    id: name,
    name,
    "aria-describedby": notes || undefined,
    "aria-invalid": error ? "true" as const : undefined,
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children
        ? (
          <select {...shared} autocomplete={input.autocomplete}>
            {children}
          </select>
        )
        : <input {...input} {...shared} value={value} />}
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      {error && <small class="error" id={`${name}-error`}>{error}</small>}
    </div>
  );
}
