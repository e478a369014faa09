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
  const elements = Array.from(moved.matchAll(ELEMENT), ([element]) => element);
  const added = new Map(elements.map((it) => [identity(it), it]));
  return body.replace(/(<head\b[^>]*>)(.*?)(?=<\/head>)/s, (_, open, inner) => {
    const kept = inner.replace(ELEMENT, (element: string) => {
      const replacement = added.get(identity(element));
      added.delete(identity(element));
      return replacement ?? element;
    });
    return [open, kept, ...added.values()].join("");
  });
}

const IGNORED: Record<string, RegExp> = {
  "<link": /^(href|nonce)=/,
  "<meta": /^(content|nonce)=/,
};

function identity(element: string): string {
  const [tag = ""] = /^<(?:"[^"]*"|[^">])*>/.exec(element) ?? [];
  const [key] = / data-key="[^"]*"/.exec(tag) ?? [];
  const [name = ""] = /^<\w+/.exec(tag) ?? [];
  if (key || name === "<title") return name + (key ?? "");
  const ignored = IGNORED[name] ?? /^nonce=/;
  const parts = tag.match(/[^\s"=/>]+(?:="[^"]*")?/g) ?? [];
  return parts.filter((part) => !ignored.test(part)).sort().join(" ");
}
