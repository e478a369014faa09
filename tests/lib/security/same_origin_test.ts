import { assertEquals, assertThrows } from "@std/assert";
import { HttpError } from "fresh";
import { requireSameOrigin } from "@/lib/security/same_origin.ts";

const APP = "https://app.example";

/** [id, Sec-Fetch-Site, Origin, allowed] */
const rows: [string, string | null, string | null, boolean][] = [
  ["our own form", "same-origin", APP, true],
  ["our own form without Origin", "same-origin", null, true],
  ["a browser without Fetch Metadata", null, APP, true],
  ["typed, with our Origin", "none", APP, true],
  ["X4", "cross-site", null, false],
  ["X5", "same-site", APP, false],
  ["X6", "none", null, false],
  ["X8", "cross-site", APP, false],
  ["X9", null, "https://evil.example", false],
  ["X10", null, "null", false],
  ["X10 with same-origin", "same-origin", "null", false],
  ["X12 a longer host", null, `${APP}.evil.com`, false],
  ["X12 another port", null, `${APP}:8443`, false],
  ["X12 http", null, "http://app.example", false],
  ["X12 upper case", null, "https://APP.EXAMPLE", false],
  ["X12 a dot at the end", null, `${APP}.`, false],
  ["X13 a list", null, `${APP}, ${APP}`, false],
  ["neither header", null, null, false],
  ["another word", "SAME-ORIGIN", APP, false],
];
for (const [id, site, origin, allowed] of rows) {
  Deno.test(`requireSameOrigin() ${allowed ? "allows" : "refuses"} ${id}`, () => {
    const headers = new Headers();
    if (site !== null) headers.set("sec-fetch-site", site);
    if (origin !== null) headers.set("origin", origin);
    if (allowed) return requireSameOrigin(headers, APP);
    const error = assertThrows(
      () => requireSameOrigin(headers, APP),
      HttpError,
    );
    assertEquals(error instanceof HttpError && error.status, 403);
  });
}
