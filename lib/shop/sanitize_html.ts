/**
 * Descriptions, which shop owners write in an editor and apps import from
 * elsewhere: HTML that must not run or restyle anything.
 *
 * @module
 */

/** Elements that are kept, without their attributes. */
const KEPT = new Set([
  ...["p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "u", "s"],
  ...["h2", "h3", "h4", "blockquote", "sub", "sup"],
]);
/** Elements whose content is no text. */
const DROPPED =
  /<(script|style|template|iframe|noscript|svg|math|textarea|title|xmp)\b[\s\S]*?(?:<\/\1\b[^>]*>|$)/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const TAG = /<(\/?)([a-z][a-z\d]*)\b(?:"[^"]*"|'[^']*'|[^"'>])*>/gi;

/**
 * Returns HTML made of text and a few elements without attributes, each of which
 * is closed. Everything else of `html` is left out or becomes text.
 */
export function sanitizeHtml(html: string): string {
  const source = html.replace(COMMENT, "").replace(DROPPED, "");
  const open: string[] = [];
  let result = "";
  let end = 0;
  for (
    const { 0: tag, 1: slash, 2: name = "", index } of source.matchAll(TAG)
  ) {
    result += escapeText(source.slice(end, index));
    end = index + tag.length;
    const element = name.toLowerCase();
    if (!KEPT.has(element)) continue;
    if (element === "br") {
      result += "<br>";
    } else if (slash === "") {
      open.push(element);
      result += `<${element}>`;
    } else if (open.includes(element)) {
      let closed: string | undefined;
      do {
        closed = open.pop();
        result += `</${closed}>`;
      } while (closed !== element);
    }
  }
  result += escapeText(source.slice(end));
  return result + open.toReversed().map((name) => `</${name}>`).join("");
}

/** Returns the text of HTML on one line, for descriptions in `<meta>`. */
export function htmlToText(html: string): string {
  return sanitizeHtml(html).replace(TAG, " ")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name] ?? "")
    .replace(/\s+/g, " ").trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " },
};

/** References to characters stay: they are text wherever they stand. */
function escapeText(text: string): string {
  return text.replace(/&(?!(?:[a-z][a-z\d]*|#\d+|#x[\da-f]+);)/gi, "&amp;")
    .replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
