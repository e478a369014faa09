import { assertEquals, assertRejects } from "@std/assert";
import {
  requestLog,
  routeName,
  textLine,
} from "../../src/observe/request_log.ts";

const ENTRY = {
  time: "2026-01-02T03:04:05.678Z",
  ref: "0123abcd",
  method: "GET",
  route: "/account/orders/[id]",
  file: undefined,
  status: 200,
  ms: 34,
  identity: "member",
  wixCalls: 2,
  wixMs: 28,
  cookie: undefined,
  error: undefined,
} as const;
const MISSING = {
  ...ENTRY,
  route: null,
  status: 404,
  identity: "none",
  wixCalls: 0,
  cookie: "refused",
} as const;

const LINE =
  "200 GET /account/orders/[id] 34 ms member wix=2/28 ms ref=0123abcd";
const lines: [entry: Parameters<typeof textLine>[0], line: string][] = [
  [ENTRY, LINE],
  [MISSING, "404 GET (no route) 34 ms cookie refused ref=0123abcd"],
  // A stack stands below it.
  [{ ...ENTRY, error: "Error: no\n at x" }, `${LINE} Error: no\n at x`],
];
for (const [entry, line] of lines) {
  Deno.test(`textLine() puts the most important first: ${line}`, () => {
    assertEquals(textLine(entry), line);
  });
}

const VISITOR = {
  kind: "visitor",
  startedAt: undefined,
  expiresAt: undefined,
} as const;

Deno.test("requestLog() writes errors to stderr, other lines to stdout", async () => {
  const lines: string[] = [];
  const { log, error } = console;
  console.log = (line) => lines.push(`out ${line}`);
  console.error = (line) => lines.push(`err ${line}`);
  const step = requestLog({ developerHints: false, logFormat: "text" });
  const url = new URL("http://localhost/x");
  const respond = (next: () => Promise<Response>) =>
    step({
      ...{ req: new Request(url), url, route: null, next },
      state: { session: VISITOR },
      redirect: () => new Response(),
      render: () => Promise.resolve(new Response()),
    });
  try {
    await respond(() => Promise.resolve(new Response("", { status: 404 })));
    await assertRejects(() => respond(() => Promise.reject(new Error("no"))));
  } finally {
    Object.assign(console, { log, error });
  }
  assertEquals(lines.map((line) => line.slice(0, 9)), [
    "out 404 G",
    "err 500 G",
  ]);
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
