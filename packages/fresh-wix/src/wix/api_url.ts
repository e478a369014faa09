// URLs of calls to Wix, and ids that would change their path.

import { decode } from "../http/decode.ts";

/** The hosts that the SDK calls. Tokens are sent nowhere else. */
const WIX_ORIGINS = ["https://www.wixapis.com", "https://edge.wixapis.com"];
/** Not allowed in ids: a server that decodes a slash sees another path. */
const NOT_IN_PATHS = /\/\/|\/$|%2f/i;
const NOT_IN_DECODED_PATHS = /\\|\p{Cc}/u;
/** JSON without any of these has no slash and no question mark. */
const MAY_HOLD_PATHS = /[/?\\]/;

/**
 * Returns the URL of a call, `undefined` when an id in it changes the path.
 * The SDK puts ids into paths as they are: `x` may also be `../x`, `x/refund`
 * or `x?y`. Dots, hashes and backslashes show in that the URL parser makes
 * another path of them. A slash or a question mark shows in that the SDK sends
 * every argument a second time: in the query of GET and DELETE, encoded, else
 * in the JSON body. An id that really has a slash is refused as well.
 * @throws {TypeError} for a URL that is not Wix's.
 */
export function apiUrl(text: string, body: unknown): URL | undefined {
  const origin = WIX_ORIGINS.find((origin) => text.startsWith(`${origin}/`));
  if (origin === undefined) {
    throw new TypeError("Cannot call Wix: the URL is not a Wix API's");
  }
  const sent = text.slice(origin.length);
  const [path = "", query = "", ...more] = sent.split("?");
  const decoded = decode(path);
  const url = new URL(text);
  // The SDK's own question mark comes last, and encodes those of the values.
  const isAsWritten = more.length === 0 && decoded !== undefined &&
    !NOT_IN_PATHS.test(path) && !NOT_IN_DECODED_PATHS.test(decoded) &&
    decode(url.pathname) === decoded;
  if (!isAsWritten) return undefined;
  const places = [`${path}/`, `${sent}/`];
  const isPartOfUrl = (value: string) =>
    /[/?]/.test(value) && places.some((it) => it.includes(`/${value}/`));
  const values = [...new URLSearchParams(query).values(), ...textsIn(body)];
  return [...new Set(values)].some(isPartOfUrl) ? undefined : url;
}

/** Returns the texts in a JSON body, if one may be a part of an address. */
function textsIn(body: unknown): string[] {
  const texts: string[] = [];
  if (typeof body !== "string" || !MAY_HOLD_PATHS.test(body)) return texts;
  try {
    JSON.parse(body, (_key, value) => {
      if (typeof value === "string") texts.push(value);
    });
  } catch {
    // Not the SDK's.
  }
  return texts;
}
