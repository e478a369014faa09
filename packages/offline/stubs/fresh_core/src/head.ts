/** One element of a head, whose contents hold no element of the same name. */
const ELEMENT =
  /<(title|style|script|noscript|template)\b(?:"[^"]*"|[^">])*>.*?<\/\1>|<(?:meta|link|base)\b(?:"[^"]*"|[^">])*>/gs;

/**
 * Moves what stands between pairs of `marker` into the document's head. What
 * has the same `key`, or without one the same name and attributes, replaces
 * what is there: of `meta` all but `content` count, of `link` all but `href`.
 */
export function mergeHead(html: string, marker: string): string {
  const [first = "", ...rest] = html.split(marker);
  const moved = rest.filter((_, index) => index % 2 === 0).join("");
  const body = first + rest.filter((_, index) => index % 2 === 1).join("");
  const added = new Map<string, string>();
  for (const [element] of moved.matchAll(ELEMENT)) {
    added.set(identity(element), element);
  }
  return body.replace(/(<head\b[^>]*>)(.*?)(?=<\/head>)/s, (_, open, inner) => {
    const kept = inner.replace(ELEMENT, (element: string) => {
      const replacement = added.get(identity(element));
      added.delete(identity(element));
      return replacement ?? element;
    });
    return [open, kept, ...added.values()].join("");
  });
}

function identity(element: string): string {
  const [tag = ""] = /^<(?:"[^"]*"|[^">])*>/.exec(element) ?? [];
  const [key] = / data-key="[^"]*"/.exec(tag) ?? [];
  const [name = ""] = /^<\w+/.exec(tag) ?? [];
  if (key || name === "<title") return name + (key ?? "");
  const ignored = { "<meta": "content", "<link": "href" }[name] ?? "nonce";
  const attributes = tag.slice(name.length).match(/[^\s"=/>]+(?:="[^"]*")?/g);
  return [
    name,
    ...attributes?.filter((text) =>
      !text.startsWith(`${ignored}=`) && !text.startsWith("nonce=")
    ).sort() ?? [],
  ].join(" ");
}
