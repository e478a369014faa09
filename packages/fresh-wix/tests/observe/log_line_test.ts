import { assertEquals } from "@std/assert";
import {
  type LogEntry,
  routeName,
  textLine,
} from "../../src/observe/request_log.ts";

const ENTRY: LogEntry = {
  time: "2026-01-02T03:04:05.678Z",
  ref: "0123abcd",
  method: "GET",
  route: "/account/orders/[id]",
  status: 200,
  ms: 34,
  identity: "member",
  wixCalls: 2,
  wixMs: 28,
  file: undefined,
  cookie: undefined,
  error: undefined,
};

Deno.test("textLine() puts what matters first, and leaves out what is not there", () => {
  assertEquals(
    textLine(ENTRY),
    "200 GET /account/orders/[id] 34 ms member wix=2/28 ms ref=0123abcd",
  );
  assertEquals(
    textLine({
      ...ENTRY,
      route: null,
      status: 404,
      identity: "none",
      wixCalls: 0,
      cookie: "refused",
    }),
    "404 GET (no route) 34 ms cookie refused ref=0123abcd",
  );
});

Deno.test("textLine() ends with the error, so that a stack stands below it", () => {
  assertEquals(
    textLine({ ...ENTRY, error: "Error: no\n    at there" }).split("\n"),
    [`${textLine(ENTRY)} Error: no`, "    at there"],
  );
});

const routes: [pattern: string, name: string][] = [
  ["/", "/"],
  ["/account/orders/:id", "/account/orders/[id]"],
  ["/api/wix/:path*", "/api/wix/[...path]"],
  ["/shops/:shop/products/:slug", "/shops/[shop]/products/[slug]"],
];
for (const [pattern, name] of routes) {
  Deno.test(`routeName() of ${pattern} is ${name}`, () => {
    assertEquals(routeName(pattern), name);
  });
}
