import { assertEquals } from "@std/assert";
import { methodsFor } from "../../src/gateway/gateway.ts";

const CALLS = [
  { method: "GET", path: "/members/v1/members/my" },
  { method: "GET", path: "/members/v1/members/:id" },
  { method: "PATCH", path: "/members/v1/members/:memberId" },
  { method: "POST", path: "/members/v1/members/query" },
];

const listed: [path: string, methods: string[]][] = [
  ["/members/v1/members/query", ["GET", "PATCH", "POST"]],
  ["/members/v1/members/my", ["GET", "PATCH"]],
  ["/members/v1/members/0b9a-~._", ["GET", "PATCH"]],
];
for (const [path, methods] of listed) {
  Deno.test(`${path} is listed with ${methods.join(", ")}`, () => {
    assertEquals(methodsFor(path, CALLS), methods);
  });
}

const unlisted = [
  "",
  "/",
  "/members/v1/members",
  "/members/v1/members/",
  "/members/v1/members/query/",
  "/members/v1/members/query/x",
  "//members/v1/members/query",
  "/members//v1/members/query",
  "/MEMBERS/v1/members/query",
  "/members/v1/members/a%2Fb",
  "/members/v1/members/query;x=1",
  "/members/v1/members/query%3Fx",
  "/members/v1/members/query%23x",
  "/members/v1/members/é",
  "/members/v1/members/:id:",
  `/members/v1/members/${"a".repeat(201)}`,
  "/oauth2/token",
  "/@evil.com",
];
for (const path of unlisted) {
  Deno.test(`${JSON.stringify(path.slice(0, 40))} is not listed (P10)`, () => {
    assertEquals(methodsFor(path, CALLS), []);
  });
}
