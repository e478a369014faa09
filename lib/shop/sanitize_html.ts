/**
 * Descriptions, which shop owners write in an editor and apps import from
 * elsewhere: HTML that must not run scripts or change styles.
 *
 * @module
 */
import { Parser } from "htmlparser2";

/** Elements that are kept, without their attributes. */
const KEPT = new Set(
  "p br ul ol li strong b em i u s h2 h3 h4 blockquote sub sup".split(" "),
);
/** Elements whose content is not text of the description. */
const DROPPED = new Set(
  "script style template iframe noscript svg math textarea title".split(" "),
);

/**
 * Returns HTML made of text and a few elements without attributes, each of which
 * is closed. All other markup is removed.
 */
export function sanitizeHtml(html: string): string {
  let result = "";
  readHtml(html, {
    onopentagname: (name) => result += KEPT.has(name) ? `<${name}>` : "",
    ontext: (text) => result += escapeText(text),
    onclosetag(name) {
      if (KEPT.has(name) && name !== "br") result += `</${name}>`;
    },
  });
  return result;
}

const BLOCK = /^(?:p|br|div|ul|ol|li|h[1-6]|blockquote|table|tr|td|th)$/;

/** Returns the text of HTML on one line, for descriptions in `<meta>`. */
export function htmlToText(html: string): string {
  let result = "";
  const separate = (name: string) => result += BLOCK.test(name) ? " " : "";
  readHtml(html, {
    onopentagname: separate,
    ontext: (text) => result += text,
    onclosetag: separate,
  });
  return result.replace(/\s+/g, " ").trim();
}

interface Handler {
  readonly onopentagname: (name: string) => void;
  readonly ontext: (text: string) => void;
  readonly onclosetag: (name: string) => void;
}

/** Calls `handler` for all but {@link DROPPED} elements. */
function readHtml(html: string, handler: Handler): void {
  let dropped = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (DROPPED.has(name)) dropped++;
      else if (dropped === 0) handler.onopentagname(name);
    },
    ontext: (text) => dropped === 0 && handler.ontext(text),
    onclosetag(name) {
      if (DROPPED.has(name)) dropped--;
      else if (dropped === 0) handler.onclosetag(name);
    },
  });
  parser.end(html);
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
