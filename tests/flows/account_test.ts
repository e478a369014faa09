import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  type Fault,
  guid,
  type Member,
  SITE,
} from "@/packages/local-wix/src/mod.ts";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  assertShows,
  attributes,
  find,
  shownUser,
  text,
  texts,
} from "../helpers/document.ts";
import { formOf, send, sendOnly, withFields } from "../helpers/forms.ts";
import { test } from "../helpers/shared_site.ts";
import { ANN, BEN, logIn, type Site } from "../helpers/site.ts";

const SETTINGS = "/account/settings";
const PRIVACY = "/account/privacy";
const DELETE = "/account/delete";
const FORM = '[name="shown"]';
const SAVED = "Your settings have been saved.";
const UPDATE = "PATCH /members/v1/members/{id}";
const ANN_ID = guid("member", 1);

test.member("POST /account/settings saves, confirms once, and updates the name in the header", async ({ ann, site }) => {
  const response = await sendOnly(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), {
      nickname: "  Annie ",
      firstName: "Anna",
      "phone-2": "+1 (503) 555-0123 ext. 4",
    }),
  );
  assertEquals(response.status, 303);
  assertEquals(response.headers.get("location"), SETTINGS);
  const saved = await ann.open(SETTINGS);
  assertShows(saved, SAVED);
  assertEquals(shownUser(saved), "Annie");
  assertEquals(shownUser(await ann.open("/")), "Annie");
  assertEquals((await ann.open(SETTINGS)).body.includes(SAVED), false);
  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Annie");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "Archer"]);
  assertEquals(contact.phones, ["+1 555 0101", "+1 (503) 555-0123 ext. 4"]);
});

test.member("replaces and clears lists, and keeps ids", async ({ ann, site }) => {
  const added = await save(ann, {
    "phone-1": "",
    "address-2-addressLine": "Wacholderweg 3",
    "address-2-addressLine2": "Hinterhaus",
    "address-2-postalCode": "10115",
    "address-2-city": "Berlin",
    "address-2-subdivision": "de-be",
    "address-2-country": "DE",
  });
  assertShows(added, SAVED);
  const { contact } = await memberAtWix(site);
  assertEquals(contact.phones, []);
  const [first, second] = contact.addresses;
  assertEquals(first?.id, guid("address", 1));
  assertEquals({ ...second, id: "" }, {
    id: "",
    addressLine: "Wacholderweg 3",
    addressLine2: "Hinterhaus",
    postalCode: "10115",
    city: "Berlin",
    subdivision: "DE-BE",
    country: "DE",
  });
  for (const left of [[second?.id], []]) {
    await save(ann, { "address-1-remove": "on" });
    const { contact } = await memberAtWix(site);
    assertEquals(contact.addresses.map(({ id }) => id), left);
    assertEquals(contact.firstName, "Ann");
  }
});

const WRONG: [field: string, value: string, problem: RegExp][] = [
  ["nickname", "", /Enter a nickname/],
  ["nickname", "\u200b\u2060\ufe0f", /Enter a nickname/],
  ["nickname", "x".repeat(101), /Use 100 characters or fewer/],
  ["firstName", "An\u0007n", /invisible characters/],
  ["nickname", "\u202eecila", /invisible characters/],
  ["phone-2", "call me", /Enter a phone number/],
  ["address-1-addressLine", "", /Enter a street/],
  ["address-1-country", "ZZ", /Choose a country/],
  ["address-1-subdivision", "Oregon", /Enter a code/],
];

test.member("shows errors next to the fields, saves nothing, and keeps the input", async ({ ann, site, t }) => {
  const form = await settingsForm(ann);
  for (const [field, value, problem] of WRONG) {
    await t.step(`${field}: ${JSON.stringify(value)}`, async () => {
      const sent = withFields(form, { lastName: "Ash", [field]: value });
      const page = await sendOnly(ann, SETTINGS, sent);
      assertEquals(page.status, 422);
      const { document } = page;
      assertMatch(document.title, /^Error: Settings/);
      assertMatch(text(document, `#${field}-error`), problem);
      find(document, `[role="alert"] a[href="#${field}"]`);
      find(document, `#${field}[aria-describedby~="${field}-error"]`);
      const kept = formOf(page, FORM);
      if (field !== "lastName") assertEquals(kept.get("lastName"), "Ash");
      assertEquals(kept.get("shown"), form.get("shown"));
    });
  }
  assertEquals(site.wix.controls.counters.routes[UPDATE], 0);
});

const ODD = [
  '<script>alert(1)</script>"><img src=x onerror=alert(1)>',
  "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
  "__proto__",
];

test.member("saves unusual names unchanged and shows them as text", async ({ ann, site }) => {
  for (const nickname of ODD) {
    const page = await save(ann, { nickname });
    assertEquals(page.status, 200);
    assertEquals((await memberAtWix(site)).profile.nickname, nickname);
    assertEquals(formOf(page, FORM).get("nickname"), nickname);
    assertEquals(texts(page.document, "script:not([nonce]), [onerror]"), []);
  }
});

test.member("a malformed or extended form changes nothing else", async ({ ann, site, t }) => {
  const before = await memberAtWix(site);
  const form = await settingsForm(ann);
  const without = (name: string) =>
    new URLSearchParams([...form].filter(([key]) => key !== name));
  const rows: [string, number, URLSearchParams | string][] = [
    ["an empty form", 400, ""],
    ["without the shown values", 400, without("shown")],
    ["other types", 400, withFields(form, { shown: '{"nickname":1}' })],
    [
      "unknown fields",
      303,
      withFields(form, {
        loginEmail: "eve@demo.example",
        privacyStatus: "PRIVATE",
        status: "BLOCKED",
        slug: "eve",
        "contact.company": "Eve Ltd",
      }),
    ],
  ];
  for (const [what, status, body] of rows) {
    await t.step(what, async () => {
      assertEquals((await sendOnly(ann, SETTINGS, body)).status, status);
    });
  }
  assertEquals(await memberAtWix(site), before);
});

test.member("a field changed in two tabs is a conflict, and is saved when sent again", async ({ ann, site }) => {
  const [one, two] = [await settingsForm(ann), await settingsForm(ann)];
  const first = { nickname: "One", lastName: "A" };
  await send(ann, SETTINGS, withFields(one, first));
  const second = { nickname: "Two", firstName: "Anna" };
  const conflict = await sendOnly(ann, SETTINGS, withFields(two, second));
  assertEquals(conflict.status, 409);
  assertShows(conflict, "changed to “One” elsewhere");
  assertEquals((await memberAtWix(site)).profile.nickname, "One");

  await send(ann, SETTINGS, formOf(conflict, FORM));
  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Two");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "A"]);
});

test.member("does not save a form of another account", async ({ ann: browser, site }) => {
  const form = withFields(await settingsForm(browser), { firstName: "Anna" });
  await logIn(browser, "/api/auth/login?returnToUrl=/", BEN);
  const page = await sendOnly(browser, SETTINGS, form);
  assertEquals(page.status, 409);
  assertShows(page, "logged in with a different account");
  assertEquals(formOf(page, FORM).get("nickname"), "Ben");
  for (const number of [1, 2]) {
    const { contact } = await memberAtWix(site, guid("member", number));
    assertEquals(contact.firstName === "Anna", false);
  }
});

const violation = (data: object) => ({
  details: { validationError: { fieldViolations: [data] } },
});
const TOO_LONG = violation({
  field: "member.profile.nickname",
  violatedRule: "MAX_LENGTH",
  data: { threshold: 30 },
});
const headers = { "retry-after": "0" };

const FAULTS: [Fault, number, says: RegExp, where?: string][] = [
  [
    { status: 400, body: TOO_LONG },
    422,
    /^Use 30 characters or fewer\.$/,
    "#nickname-error",
  ],
  [
    { status: 400, body: violation({ field: "member.contact.phones[0]" }) },
    422,
    /^Wix rejected one of these numbers\.$/,
    "#phone-1-error",
  ],
  [{ status: 400 }, 422, /Wix rejected these changes/],
  [{ status: 403 }, 403, /This is not allowed/],
  [{ status: 500, headers }, 503, /Wix isn't responding/],
];

test.member("keeps the input when Wix fails, and saves it when sent again", async ({ ann, site, t }) => {
  for (const [index, [fault, status, says, where]] of FAULTS.entries()) {
    await t.step(JSON.stringify(fault), async () => {
      const nickname = `Ann after ${index}`;
      const form = withFields(await settingsForm(ann), { nickname });
      site.wix.controls.failNext(UPDATE, fault);
      const page = await sendOnly(ann, SETTINGS, form);
      assertEquals(page.status, status);
      assertMatch(text(page.document, where ?? '[role="alert"]'), says);
      assertMatch(page.document.title, /^Error: Settings/);
      const kept = formOf(page, FORM);
      assertEquals(kept.get("nickname"), nickname);
      await send(ann, SETTINGS, kept);
      assertEquals((await memberAtWix(site)).profile.nickname, nickname);
    });
  }
});

test.member("a form whose response was lost can be sent again", async ({ ann, site }) => {
  const form = withFields(await settingsForm(ann), {
    nickname: "Annie",
    "address-2-addressLine": "Wacholderweg 3",
    "address-2-city": "Berlin",
    "address-2-country": "DE",
  });
  const lost = { status: 500, headers, processed: true };
  site.wix.controls.failNext(UPDATE, lost);
  const failed = await sendOnly(ann, SETTINGS, form);
  assertEquals(failed.status, 503);
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
  const page = await send(ann, SETTINGS, formOf(failed, FORM));
  assertShows(page, SAVED);
  assertEquals(shownUser(page), "Annie");
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
});

test.member("the header shows the member's photo, or the first letter of the name", async ({ ann, site }) => {
  const photos = async (browser: Browser, path = "/") =>
    attributes((await browser.open(path)).document, ".identity img", "src");
  const [photo = "", ...more] = await photos(ann);
  assertEquals(more, []);
  assertMatch(photo, /\/media\/juniper_0001~mv2\.jpg\/.*\bw_64,h_64\b/);
  assertEquals(await photos(ann, "/account"), [photo]);
  assertEquals(await photos(site.visitor()), []);
  const ben = await site.member(BEN);
  assertEquals(await photos(ben), []);
  assertEquals(text((await ben.open("/")).document, ".identity .avatar"), "B");
});

test.member("a name changed at Wix is in the header after a visit to the account", async ({ ann, site }) => {
  await callWix(site, ANN_ID, { profile: { nickname: "Anna" } });
  assertEquals(shownUser(await ann.open("/")), "Ann");
  await ann.open("/account");
  assertEquals(shownUser(await ann.open("/")), "Anna");
});

test.member("a member logged out by Wix keeps the input, logs in, and sends it again", async ({ ann, site }) => {
  const nickname = "<Annie> & 'co'";
  const form = withFields(await settingsForm(ann), { nickname });
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const page = await sendOnly(ann, SETTINGS, form);
  assertEquals(page.status, 401);
  assertShows(page, "Your session has ended");
  assertEquals((await memberAtWix(site)).profile.nickname, "Ann");
  await logIn(ann, loginLink(page), ANN);
  const saved = await send(ann, SETTINGS, formOf(page, FORM));
  assertShows(saved, SAVED);
  assertEquals(shownUser(saved), nickname);
});

test.member("POST /account/privacy leaves and joins the community", async ({ ann, site }) => {
  for (
    const [community, status, notice] of [
      ["leave", "PRIVATE", "Your profile is now private."],
      ["join", "PUBLIC", "Your profile is now public."],
    ] as const
  ) {
    const form = formOf(await ann.open(PRIVACY), '[name="community"]');
    const page = await send(ann, PRIVACY, withFields(form, { community }));
    assertEquals(page.url.pathname, PRIVACY);
    assertShows(page, notice);
    assertEquals((await ann.open(PRIVACY)).body.includes(notice), false);
    assertEquals((await memberAtWix(site)).privacyStatus, status);
  }
});

test.member("POST /account/privacy rejects another account, an unknown one and an unknown value", async ({ ann, site }) => {
  const rows: [number, Record<string, string>][] = [
    [409, { member: guid("member", 2), community: "leave" }],
    [400, { member: ANN_ID, community: "burn" }],
  ];
  for (const [status, form] of rows) {
    const page = await sendOnly(ann, PRIVACY, new URLSearchParams(form));
    assertEquals(page.status, status);
  }
  const unknown: Fault = { kind: "fields", omit: ["member"] };
  site.wix.controls.failNext("GET /members/v1/members/my", unknown);
  const left = new URLSearchParams({ community: "leave" });
  assertEquals((await sendOnly(ann, PRIVACY, left)).status, 409);
  assertEquals((await memberAtWix(site)).privacyStatus, "PUBLIC");
});

test.member("POST /account/delete deletes the account, ends the session, and confirms once", async ({ ann, site }) => {
  const confirmed = new URLSearchParams({ email: ` ${ANN.toUpperCase()} ` });
  assertEquals((await sendOnly(ann, DELETE, confirmed)).status, 303);
  const page = await ann.open("/goodbye");
  assertShows(page, "Your account has been deleted.");
  assertEquals(shownUser(page), "Visitor");
  assertEquals((await ann.open("/goodbye")).url.pathname, "/");
  assertEquals((await callWix(site, ANN_ID)).status, 404);
});

const form = (email: string) => new URLSearchParams({ email });

test.member("POST /account/delete keeps the account without a confirmation", async ({ ann, site }) => {
  for (const email of ["", BEN, `x${ANN}`]) {
    const page = await sendOnly(ann, DELETE, form(email));
    assertEquals(page.status, 422, email);
    assertShows(page, "Your account was not deleted");
    find(page.document, '[role="alert"] a[href="#email"]');
  }
  assertEquals((await ann.open(DELETE)).status, 200);
  assertEquals((await callWix(site, ANN_ID)).status, 200);
});

test.member("keeps the session when Wix does not delete the account", async ({ ann, site }) => {
  const ruleName = "OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN";
  const body = violation({ field: "id", ruleName });
  const faults: [Fault, number, string][] = [
    [{ status: 503 }, 503, "Wix isn't responding"],
    [{ status: 400, body }, 409, "Site owners and contributors"],
  ];
  for (const [fault, status, text] of faults) {
    site.wix.controls.failNext("DELETE /members/v1/members/my", fault);
    const page = await sendOnly(ann, DELETE, form(ANN));
    assertEquals(page.status, status);
    assertShows(page, text);
    assertEquals(shownUser(page), "Ann");
  }
  assertEquals((await callWix(site, ANN_ID)).status, 200);
});

test.member("shows no confirmation for a forged flash cookie", async ({ ann, site }) => {
  assertEquals((await site.visitor().open("/goodbye")).url.pathname, "/");
  for (const forged of ["<b>forged</b>", "constructor", "saved%00", ""]) {
    ann.setCookie("localhost", "flash", forged);
    const { status, body, document } = await ann.open(SETTINGS);
    assertEquals(status, 200);
    assertEquals(texts(document, '[role="status"]'), [], forged);
    assertEquals(body.includes("forged"), false, forged);
  }
});

async function settingsForm(browser: Browser): Promise<URLSearchParams> {
  const page = await browser.open(SETTINGS);
  assertEquals(page.status, 200);
  return formOf(page, FORM);
}

/** Saves fields of the settings, and opens the page that confirms it. */
async function save(
  browser: Browser,
  fields: Record<string, string>,
): Promise<Page> {
  const form = withFields(await settingsForm(browser), fields);
  return await send(browser, SETTINGS, form);
}

/** Returns the link that opens the login in a new tab. */
function loginLink({ document }: Page): string {
  const [link = ""] = attributes(document, 'a[target="_blank"]', "href");
  assertStringIncludes(link, "/api/auth/login?returnToUrl=");
  return link;
}

async function memberAtWix(site: Site, id = ANN_ID): Promise<Member> {
  return (await callWix(site, id)).body.member;
}

/** Reads or changes a member with the permissions of the site owner. */
async function callWix({ wix }: Site, id: string, member?: object) {
  const url = `${wix.origin}/members/v1/members/${id}?fieldsets=FULL`;
  const response = await fetch(url, {
    headers: {
      authorization: SITE.apiKey,
      "wix-site-id": SITE.siteId,
      "content-type": "application/json",
    },
    ...(member && { method: "PATCH", body: JSON.stringify({ member }) }),
  });
  return { status: response.status, body: await response.json() };
}
