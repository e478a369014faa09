import type { JsonObject } from "../http/json.ts";

/** A tag in the head of a page. */
export interface SeoTag {
  readonly type: "title" | "meta" | "link" | "script";
  readonly props: JsonObject;
  readonly meta: JsonObject;
  readonly children: string;
  readonly custom: boolean;
  readonly disabled: boolean;
}

/** A page of the site that doesn't belong to an item. */
export interface SeoPage {
  /** The path of its URL, such as `/about`. */
  readonly path: string;
  readonly name: string;
  readonly tags: readonly SeoTag[];
}

/** What search engines read of the site, besides its items. */
export interface SiteSeo {
  /** Whether search engines may index the site. */
  readonly indexable: boolean;
  readonly pages: readonly SeoPage[];
}

/** A title tag. */
export function title(children: string): SeoTag {
  return tag("title", {}, children);
}

/** A meta tag with a name, or for names such as `og:title` with a property. */
export function meta(name: string, content: string): SeoTag {
  const key = name.startsWith("og:") ? "property" : "name";
  return tag("meta", { [key]: name, content });
}

/** Any tag. */
export function tag(
  type: SeoTag["type"],
  props: JsonObject,
  children = "",
): SeoTag {
  return { type, props, meta: {}, children, custom: false, disabled: false };
}

/** `defaults`, with those of `overrides` that stand for the same replaced. */
export function merge(
  defaults: readonly SeoTag[],
  overrides: readonly SeoTag[],
): SeoTag[] {
  const keys = overrides.map(keyOf);
  return [
    ...defaults.filter((each) => !keys.includes(keyOf(each))),
    ...overrides,
  ];
}

/** What a tag says something about, such as `meta description`. */
function keyOf({ type, props }: SeoTag): string {
  const name = props.property ?? props.name ?? props.rel ?? props.type ?? "";
  return `${type} ${name}`;
}

/** Whether `tags` forbid search engines to index their page. */
export function isNoIndex(tags: readonly SeoTag[] = []): boolean {
  return tags.some(({ props, disabled }) =>
    !disabled && props.name === "robots" &&
    String(props.content).includes("noindex")
  );
}
