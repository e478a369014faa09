/** Markup that is safe to send: every value in it has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** Builds {@linkcode Html}; text that is put in is escaped. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): Html {
  return new Html(String.raw({ raw: strings }, ...values.map(markup)));
}

function markup(value: unknown): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(markup).join("");
  if (value === undefined || value === null || value === false) return "";
  return String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
