/** Malformed requests are refused with 400, and the wrong field by its name. */
import { assertEquals } from "@std/assert";
import { type LocalWix, SITE } from "../src/mod.ts";
import {
  at,
  authRequest,
  memberTokens,
  pageUrl,
  visitorTokens,
} from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const ANN = "PATCH /members/v1/members/00000001-0000-4000-8000-000000000001";
const QUERY = "POST /members/v1/members/query";
const SEARCH = "POST /ecom/v1/orders/search";
const SESSION = "POST /headless/v1/redirect-session";
const ADD = "POST /ecom/v1/carts/current/add-to-cart";
const CHECKOUT = "POST /ecom/v1/checkouts";

const auth = (changes: object) => ({
  auth: { authRequest: { ...authRequest(), ...changes } },
});
const member = (changes: object) => ({ member: changes });
const query = (changes: object) => ({ query: changes });
const search = (changes: object) => ({ search: changes });
const item = (changes: object) => ({
  lineItems: [{
    catalogReference: { appId: "a", catalogItemId: "b" },
    ...changes,
  }],
});

const REFUSALS: readonly [
  route: string,
  object,
  field: string,
  rule?: string,
][] = [
  [SESSION, auth({ redirectUri: undefined }), "auth.authRequest.redirectUri"],
  [
    SESSION,
    auth({ codeChallenge: undefined }),
    "auth.authRequest.codeChallenge",
  ],
  [
    SESSION,
    auth({ codeChallengeMethod: "plain" }),
    "auth.authRequest.codeChallengeMethod",
  ],
  [SESSION, auth({ responseType: "token" }), "auth.authRequest.responseType"],
  [SESSION, auth({ responseMode: "pigeon" }), "auth.authRequest.responseMode"],
  [SESSION, { ...auth({}), auth: { prompt: "x" } }, "auth.prompt"],
  [SESSION, { logout: {} }, "logout.clientId", "REQUIRED_FIELD"],
  [QUERY, query({ paging: { limit: 101 } }), "query.paging.limit", "MAX"],
  [QUERY, query({ paging: { offset: -1 } }), "query.paging.offset", "MIN"],
  [QUERY, query({ paging: 5 }), "query.paging"],
  [QUERY, query({ filter: { password: "x" } }), "filter"],
  [QUERY, query({ filter: { id: { $regex: "x" } } }), "filter"],
  [QUERY, query({ sort: [{ fieldName: "password" }] }), "sort"],
  [QUERY, query({ sort: "slug" }), "sort"],
  [
    QUERY,
    { search: { expression: "x".repeat(101) } },
    "search.expression",
    "MAX_LENGTH",
  ],
  [QUERY, { search: { expression: "x", fields: ["id"] } }, "search.fields[0]"],
  [
    SEARCH,
    search({ cursorPaging: { limit: 101 } }),
    "search.cursorPaging.limit",
    "MAX",
  ],
  [
    SEARCH,
    search({ cursorPaging: { limit: 0 } }),
    "search.cursorPaging.limit",
    "MIN",
  ],
  [SEARCH, search({ cursorPaging: { cursor: "e30" } }), "cursorPaging.cursor"],
  [SEARCH, search({ cursorPaging: { cursor: "junk" } }), "cursorPaging.cursor"],
  [SEARCH, search({ filter: { status: { $gt: "A" } } }), "filter"],
  [SEARCH, search({ filter: { buyerNote: "x" } }), "filter"],
  [
    SEARCH,
    search({ sort: Array(5).fill({ fieldName: "number" }) }),
    "sort",
    "MAX_SIZE",
  ],
  [
    ANN,
    member({ profile: { nickname: "x".repeat(101) } }),
    "member.profile.nickname",
    "MAX_LENGTH",
  ],
  [ANN, member({ contact: { firstName: 1 } }), "member.contact.firstName"],
  [ANN, member({ contact: { phones: "1" } }), "member.contact.phones"],
  [ANN, member({ contact: { addresses: [1] } }), "member.contact.addresses[0]"],
  [ANN, member({ privacyStatus: "SHY" }), "member.privacyStatus"],
  [ADD, {}, "lineItems", "REQUIRED_FIELD"],
  [ADD, { lineItems: "x" }, "lineItems"],
  [ADD, item({ quantity: 0 }), "lineItems[0].quantity", "MIN"],
  [
    ADD,
    item({ catalogReference: { appId: "a" } }),
    "lineItems[0].catalogReference.catalogItemId",
    "REQUIRED_FIELD",
  ],
  [
    ADD,
    { lineItems: Array(301).fill(item({}).lineItems[0]) },
    "lineItems",
    "MAX_LENGTH",
  ],
  [CHECKOUT, { lineItems: [] }, "lineItems", "REQUIRED_FIELD"],
  ["POST /members/v1/members/my/slug", { slug: "a/b" }, "slug"],
];

test("a malformed request is a 400 that names the field", async (wix) => {
  const { access: authorization } = await memberTokens(wix);
  for (const [route, body, field, rule = "OTHER"] of REFUSALS) {
    const text = JSON.stringify(body);
    const { status, reply } = await send(wix, route, text, authorization);
    const violation = at(reply, "details.validationError.fieldViolations.0");
    const row = `${route} ${text.slice(0, 200)}`;
    assertEquals([status, at(violation, "field")], [400, field], row);
    if (rule !== "OTHER") {
      assertEquals(at(violation, "violatedRule"), rule, row);
    }
  }
});

test("a body that is no JSON object is a 400", async (wix) => {
  const { access } = await visitorTokens(wix);
  for (const body of ["{", "[]", "1", '{"a":', "null"]) {
    assertEquals((await send(wix, QUERY, body, access)).status, 400, body);
  }
});

test("an unknown client is no reason to refuse a redirect session", async (wix) => {
  const url = await pageUrl(wix, auth({ clientId: SITE.siteId }));
  assertEquals(URL.canParse(url), true);
});

async function send(
  wix: LocalWix,
  route: string,
  body: string,
  authorization: string,
) {
  const [method = "", path] = route.split(" ");
  const headers = { authorization };
  const response = await fetch(wix.origin + path, { method, headers, body });
  return { status: response.status, reply: await response.json() };
}
