/** Malformed requests are refused with 400, and the wrong field by its name. */
import { assertEquals } from "@std/assert";
import { guid, type LocalWix } from "../src/mod.ts";
import { appToken, at, authRequest, memberTokens } from "./helpers/http.ts";
import { test } from "./helpers/site.ts";

const auth = (changes: object) => ({
  auth: { authRequest: { ...authRequest(), ...changes } },
});
const item = (changes: object) => ({
  lineItems: [{
    catalogReference: { appId: "a", catalogItemId: "b" },
    ...changes,
  }],
});
const text = (length: number) => "x".repeat(length);
const page = (limit: number) => ({ cursorPaging: { limit } });
const from = (cursor: string) => ({ cursorPaging: { cursor } });

type Refusal = readonly [body: object, field: string, rule?: string];

/** What is wrong with requests to a route; a dot stands for its first field. */
const REFUSALS: Record<string, readonly Refusal[]> = {
  "POST /headless/v1/redirect-session auth.authRequest": [
    [auth({ redirectUri: undefined }), ".redirectUri"],
    [auth({ codeChallenge: undefined }), ".codeChallenge"],
    [auth({ codeChallengeMethod: "plain" }), ".codeChallengeMethod"],
    [auth({ responseMode: "pigeon" }), ".responseMode"],
    [{ auth: { prompt: "x" } }, "auth.prompt"],
    [{ logout: {} }, "logout.clientId", "REQUIRED_FIELD"],
  ],
  "POST /members/v1/members/query query": [
    [{ query: { paging: { limit: 101 } } }, ".paging.limit", "MAX"],
    [{ query: { paging: { offset: -1 } } }, ".paging.offset", "MIN"],
    [{ query: { filter: { password: "x" } } }, "filter"],
    [{ query: { filter: { id: { $regex: "x" } } } }, "filter"],
    [{ query: { sort: [{ fieldName: "password" }] } }, "sort"],
    [{ search: { expression: text(101) } }, "search.expression", "MAX_LENGTH"],
    [{ search: { expression: "x", fields: ["id"] } }, "search.fields[0]"],
  ],
  "POST /ecom/v1/orders/search search": [
    [{ search: page(101) }, ".cursorPaging.limit", "MAX"],
    [{ search: page(0) }, ".cursorPaging.limit", "MIN"],
    [{ search: from("junk") }, "cursorPaging.cursor"],
    [{ search: { filter: { status: { $gt: "A" } } } }, "filter"],
    [{ search: { filter: { buyerNote: "x" } } }, "filter"],
    [{ search: { sort: Array(5).fill({ fieldName: "number" }) } }, "sort"],
  ],
  "PATCH /members/v1/members/00000001-0000-4000-8000-000000000001 member": [
    [{ member: { profile: { nickname: text(101) } } }, ".profile.nickname"],
    [{ member: { contact: { firstName: 1 } } }, ".contact.firstName"],
    [{ member: { contact: { phones: "1" } } }, ".contact.phones"],
    [{ member: { contact: { addresses: [1] } } }, ".contact.addresses[0]"],
    [{ member: { privacyStatus: "SHY" } }, ".privacyStatus"],
  ],
  "POST /ecom/v1/carts/current/add-to-cart lineItems": [
    [{}, "lineItems", "REQUIRED_FIELD"],
    [item({ quantity: 0 }), "lineItems[0].quantity", "MIN"],
    [
      item({ catalogReference: { appId: "a" } }),
      "lineItems[0].catalogReference.catalogItemId",
      "REQUIRED_FIELD",
    ],
    [{ lineItems: Array(301).fill(item({}).lineItems[0]) }, "lineItems"],
  ],
  "POST /ecom/v1/checkouts": [
    [{ lineItems: [] }, "lineItems", "REQUIRED_FIELD"],
  ],
  "POST /members/v1/members/my/slug": [[{ slug: "a/b" }, "slug"]],
};

for (const [name, refusals] of Object.entries(REFUSALS)) {
  const [method = "", path = "", first = ""] = name.split(" ");
  test(`${method} ${path} names the invalid field`, async (wix) => {
    const { access } = await memberTokens(wix);
    for (const [body, field, rule] of refusals) {
      const json = JSON.stringify(body);
      const { status, reply } = await send(wix, method, path, json, access);
      const violation = at(reply, "details.validationError.fieldViolations.0");
      const found = [status, at(violation, "field")];
      const named = field.startsWith(".") ? first + field : field;
      assertEquals(found, [400, named], json.slice(0, 200));
      const violated = at(violation, "violatedRule");
      assertEquals(violated, rule ?? violated);
    }
  });
}

const CART = "/ecom/v1/carts/current";
const MEMBERS = "/members/v1/members";
const MUG_STOCK = `/stores/v3/inventory-items/${guid("inventoryItem", 1)}`;

/** Fields that Wix has, by the route that refuses them. */
const NOT_CARRIED: Record<string, readonly string[]> = {
  "POST /ecom/v1/orders/search": ["search.aggregations"],
  [`POST ${MEMBERS}/query`]: ["query.cursorPaging"],
  "POST /badges/v4/badges/query": ["query.fieldsets"],
  "POST /badges/v4/assignments/query": ["query.paging"],
  "POST /stores/v3/products/search-variants": ["locationIds"],
  [`PATCH ${MUG_STOCK}`]: ["reason"],
  [`POST ${CART}/add-to-cart`]: ["customLineItems", "businessLocationId"],
  [`PATCH ${CART}`]: ["cartInfo.contactInfo", "cartInfo.businessLocationId"],
  [`POST ${CART}/estimate-totals`]: ["selectedMemberships.memberships"],
  "POST /ecom/v1/checkouts": ["giftCardCode", "checkoutInfo.customFields"],
  [`POST ${MEMBERS}`]: ["member.contact.addresses", "member.profile.photo"],
  [`PATCH ${MEMBERS}/${guid("member", 1)}`]: ["member.contact.customFields"],
  [`POST ${MEMBERS}/bulk/delete-by-filter`]: ["contentAssigneeId"],
};

test("an unsupported feature is a 501 that names it", async (wix) => {
  const { access } = await memberTokens(wix);
  const app = await appToken(wix);
  for (const [route, fields] of Object.entries(NOT_CARRIED)) {
    const [method = "", path = ""] = route.split(" ");
    const token = path.startsWith(CART) ? access : app;
    for (const field of fields) {
      const body = field.split(".").reduceRight<object>(
        (value, name) => ({ [name]: value }),
        { x: 1 },
      );
      const json = JSON.stringify(body);
      const { status, reply } = await send(wix, method, path, json, token);
      const named = at(reply, "details.applicationError.data.field");
      assertEquals([status, named], [501, field], route);
    }
  }
});

test("a body that is not a JSON object is a 400", async (wix) => {
  const { access } = await memberTokens(wix);
  const path = "/members/v1/members/query";
  for (const body of ["{", "[]", "1", '{"a":', "null"]) {
    const { status } = await send(wix, "POST", path, body, access);
    assertEquals(status, 400, body);
  }
});

async function send(
  wix: LocalWix,
  method: string,
  path: string,
  body: string,
  authorization: string,
) {
  const headers = { authorization };
  const response = await fetch(wix.origin + path, { method, headers, body });
  return { status: response.status, reply: await response.json() };
}
