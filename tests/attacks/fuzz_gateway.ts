/**
 * Requests to the gateway that a seed repeats: right ones with one to three
 * things changed.
 *
 * @module
 */
import { seededRandom } from "./suite.ts";
import type { HeaderLines } from "./wire.ts";

/** A request as a hostile browser might send it. */
export interface FuzzedRequest {
  readonly target: string;
  readonly method: string;
  readonly headers: HeaderLines;
  readonly body: string | undefined;
}

const RIGHT = [
  { method: "POST", path: "/members/v1/members/query", body: '{"query":{}}' },
  { method: "GET", path: "/site-properties/v4/properties", body: undefined },
];

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

const PIECES = [
  ..."/ // ../ ..%2f %2e%2e/ %2f %5c \\ @ : ; ? # % %00 %0d%0a ~ * é".split(
    " ",
  ),
  ...["@evil.com", "//evil.com/", "https://evil.com/", ".evil.com", ":@"],
  ...["?url=https://evil.com/", "%3f", "%23", ";x=1", "/oauth2/token"],
  ...["members", "query", "my", "v1", "a".repeat(300), "%252e%252e/"],
];

const NAMES = [
  ...["Authorization", "Cookie2", "Host2", "X-Forwarded-Host", "Forwarded"],
  ...["X-Wix-Consistent", "wix-site-id", "wix-account-id", "X-Wix-Bi-Gateway"],
  ...["X-HTTP-Method-Override", "Origin", "Sec-Fetch-Site", "X-Wix-Gateway"],
  ...["Content-Type", "Content-Encoding", "Accept", "User-Agent", "Referer"],
  ...["Connection", "TE", "Range", "If-None-Match", "X-Original-URL", "Via"],
];

const VALUES = [
  ...["", "1", "evil.com", "https://evil.com", "null", "same-origin", "gzip"],
  ...["cross-site", "application/json", "text/html", "DELETE", "Bearer x"],
  ...["x".repeat(2_000), "a, b", "../..", "%0d%0aX: y", "__proto__"],
];

/** Returns `count` requests, one after the other. */
export function* fuzzedRequests(
  seed: number,
  count: number,
  ours = "https://app.example",
): Generator<FuzzedRequest> {
  const random = seededRandom(seed);
  const one = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new RangeError("Cannot choose: no list");
    return chosen;
  };
  const change = (path: string) => {
    const at = Math.floor(random() * (path.length + 1));
    const until = random() < 0.5 ? at : at + Math.floor(random() * 8);
    return path.slice(0, at) + one(PIECES) + path.slice(until);
  };
  for (let index = 0; index < count; index++) {
    const right = one(RIGHT);
    let { method, path } = right;
    const headers: [string, string][] = [
      ["Sec-Fetch-Site", "same-origin"],
      ["X-Wix-Gateway", "1"],
      ...right.body === undefined ? [] : [
        ["Content-Type", "application/json"] satisfies [string, string],
        ["Origin", ours] satisfies [string, string],
      ],
    ];
    const changes = 1 + Math.floor(random() * 3);
    for (let done = 0; done < changes; done++) {
      const what = random();
      if (what < 0.5) path = change(path);
      else if (what < 0.6) method = one(METHODS);
      else headers.push([one(NAMES), one(VALUES)]);
    }
    // On a request line these two would be its end.
    const target = `/api/wix${path}`.replaceAll(/[\s#]/g, "");
    yield { target, method, headers, body: right.body };
  }
}
