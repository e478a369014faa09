/**
 * Descriptions, which shop owners write in an editor and apps import from
 * elsewhere: HTML that must not run scripts or change styles.
 *
 * @module
 */

/** Elements that are kept, without their attributes. */
const KEPT = new Set([
  ...["p", "br", "ul", "ol", "li", "strong", "b", "em", "i", "u", "s"],
  ...["h2", "h3", "h4", "blockquote", "sub", "sup"],
]);
/**
 * A comment, an element whose content is no text, or a tag. Each also ends where
 * the text ends, so that no part is searched twice: the time is linear.
 */
const MARKUP =
  /<!--[^]*?(?:-->|$)|<(script|style|template|iframe|noscript|svg|math|textarea|title|xmp)\b[^]*?(?:<\/\1\b[^>]*(?:>|$)|$)|<(\/?)([a-z][a-z\d]*)\b(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^"'>]+)*(?:>|$)/gi;

/**
 * Returns HTML made of text and a few elements without attributes, each of which
 * is closed. Everything else in `html` is removed or becomes text.
 */
export function sanitizeHtml(html: string): string {
  const open: string[] = [];
  /** How often each element is open. */
  const depth: Record<string, number> = {};
  let result = "";
  let end = 0;
  for (
    const { 0: markup, 2: slash, 3: name = "", index } of html.matchAll(MARKUP)
  ) {
    result += escapeText(html.slice(end, index));
    end = index + markup.length;
    const element = name.toLowerCase();
    if (!KEPT.has(element)) continue;
    if (element === "br") {
      result += "<br>";
    } else if (slash === "") {
      depth[element] = (depth[element] ?? 0) + 1;
      open.push(element);
      result += `<${element}>`;
    } else if (depth[element]) {
      let closed: string;
      do {
        closed = open.pop() ?? element;
        depth[closed]!--;
        result += `</${closed}>`;
      } while (closed !== element);
    }
  }
  result += escapeText(html.slice(end));
  return result + open.toReversed().map((name) => `</${name}>`).join("");
}

/** Returns the text of HTML on one line, for descriptions in `<meta>`. */
export function htmlToText(html: string): string {
  return sanitizeHtml(html).replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name] ?? "")
    .replace(/\s+/g, " ").trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " },
};

/** Character references are kept: they are always text. */
function escapeText(text: string): string {
  return text.replace(/&(?!(?:[a-z][a-z\d]*|#\d+|#x[\da-f]+);)/gi, "&amp;")
    .replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
