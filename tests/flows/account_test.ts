import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  type Fault,
  guid,
  type Member,
  SITE,
} from "@/packages/local-wix/src/mod.ts";
import type { Browser, Page } from "../helpers/browser.ts";
import {
  attributes,
  find,
  shownMembers,
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
const SAVED = "Your settings are saved.";
const UPDATE = "PATCH /members/v1/members/{id}";
const ANN_ID = guid("member", 1);

test.member("POST /account/settings saves, says so on one page, and the header has the new name", async ({ ann, site }) => {
  const answer = await sendOnly(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), {
      nickname: "  Annie ",
      firstName: "Anna",
      "phone-2": "+1 (503) 555-0123 ext. 4",
    }),
  );
  assertEquals(answer.status, 303);
  assertEquals(answer.headers.get("location"), SETTINGS);
  const saved = await ann.open(SETTINGS);
  assertStringIncludes(saved.body, SAVED);
  assertEquals(shownUser(saved), "Annie");
  assertEquals(text((await ann.open("/")).document, ".who strong"), "Annie");
  assertEquals((await ann.open(SETTINGS)).body.includes(SAVED), false);
  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Annie");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "Archer"]);
  assertEquals(contact.phones, ["+1 555 0101", "+1 (503) 555-0123 ext. 4"]);
});

test.member("lists are replaced as a whole, emptied by calls of their own, and ids stay", async ({ ann, site }) => {
  const added = await save(ann, {
    "phone-1": "",
    "address-2-addressLine": "Wacholderweg 3",
    "address-2-addressLine2": "Hinterhaus",
    "address-2-postalCode": "10115",
    "address-2-city": "Berlin",
    "address-2-subdivision": "de-be",
    "address-2-country": "DE",
  });
  assertStringIncludes(added.body, SAVED);
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
  ["firstName", "An\u0007n", /cannot be seen/],
  ["nickname", "\u202eecila", /cannot be seen/],
  ["phone-2", "call me", /Enter a phone number/],
  ["address-1-addressLine", "", /Enter the street/],
  ["address-1-country", "ZZ", /Choose a country/],
  ["address-1-subdivision", "Oregon", /Enter a code/],
];

test.member("what is wrong is said at its field, nothing is saved, and what was entered stays", async ({ ann, site, t }) => {
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

test.member("names may be odd: they are kept as they are, and shown as text", async ({ ann, site }) => {
  for (const nickname of ODD) {
    const page = await save(ann, { nickname });
    assertEquals(page.status, 200);
    assertEquals((await memberAtWix(site)).profile.nickname, nickname);
    assertEquals(formOf(page, FORM).get("nickname"), nickname);
    assertEquals(texts(page.document, "script:not([nonce]), [onerror]"), []);
  }
});

test.member("a form that none of our pages sends changes nothing", async ({ ann, site, t }) => {
  const before = await memberAtWix(site);
  const form = await settingsForm(ann);
  const without = (name: string) =>
    new URLSearchParams([...form].filter(([key]) => key !== name));
  const rows: [string, number, URLSearchParams | string][] = [
    ["nothing", 400, ""],
    ["without what was shown", 400, without("shown")],
    ["other types", 400, withFields(form, { shown: '{"nickname":1}' })],
    [
      "fields that it does not have",
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

test.member("the same field changed in two tabs is asked about, and saved when sent again", async ({ ann, site }) => {
  const [one, two] = [await settingsForm(ann), await settingsForm(ann)];
  const first = { nickname: "One", lastName: "A" };
  await send(ann, SETTINGS, withFields(one, first));
  const second = { nickname: "Two", firstName: "Anna" };
  const asked = await sendOnly(ann, SETTINGS, withFields(two, second));
  assertEquals(asked.status, 409);
  assertStringIncludes(asked.body, "changed to “One” elsewhere");
  assertEquals((await memberAtWix(site)).profile.nickname, "One");

  await send(ann, SETTINGS, formOf(asked, FORM));
  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Two");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "A"]);
});

test.member("a form of somebody who is no longer the one logged in is not saved", async ({ ann: browser, site }) => {
  const form = withFields(await settingsForm(browser), { firstName: "Anna" });
  await logIn(browser, "/api/auth/login?returnToUrl=/", BEN);
  const page = await sendOnly(browser, SETTINGS, form);
  assertEquals(page.status, 409);
  assertStringIncludes(page.body, "somebody else is logged in now");
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
    /^Wix takes at most 30 characters here\.$/,
    "#nickname-error",
  ],
  [
    { status: 400, body: violation({ field: "member.contact.phones[0]" }) },
    422,
    /^Wix does not take one of these numbers\.$/,
    "#phone-1-error",
  ],
  [{ status: 400 }, 422, /Wix did not take this/],
  [{ status: 403 }, 403, /This is not allowed/],
  [{ status: 500, headers }, 503, /Wix is not answering/],
];

test.member("when Wix does not save, what was entered stays, and saves when sent again", async ({ ann, site, t }) => {
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

test.member("a form whose answer was lost is sent again without harm", async ({ ann, site }) => {
  const form = withFields(await settingsForm(ann), {
    nickname: "Annie",
    "address-2-addressLine": "Wacholderweg 3",
    "address-2-city": "Berlin",
    "address-2-country": "DE",
  });
  const lost = { status: 500, headers, processed: true };
  site.wix.controls.failNext(UPDATE, lost);
  const told = await sendOnly(ann, SETTINGS, form);
  assertEquals(told.status, 503);
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
  const page = await send(ann, SETTINGS, formOf(told, FORM));
  assertStringIncludes(page.body, SAVED);
  assertEquals(shownUser(page), "Annie");
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
});

test.member("somebody whom Wix logged out keeps what they entered, logs in, and sends it again", async ({ ann, site }) => {
  const nickname = "<Annie> & 'co'";
  const form = withFields(await settingsForm(ann), { nickname });
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const page = await sendOnly(ann, SETTINGS, form);
  assertEquals(page.status, 401);
  assertStringIncludes(page.body, "Your session has ended");
  assertEquals((await memberAtWix(site)).profile.nickname, "Ann");
  await logIn(ann, loginLink(page), ANN);
  const saved = await send(ann, SETTINGS, formOf(page, FORM));
  assertStringIncludes(saved.body, SAVED);
  assertEquals(shownUser(saved), nickname);
});

test.member("POST /account/privacy joins and leaves the community, and others see the difference", async ({ ann, site }) => {
  const isSeen = async () =>
    shownMembers(await site.visitor().open("/members")).includes("Ann");
  assertEquals(await isSeen(), true);
  for (
    const [community, status, said] of [
      ["leave", "PRIVATE", "Your profile is private now."],
      ["join", "PUBLIC", "Your profile is public now."],
    ] as const
  ) {
    const form = formOf(await ann.open(PRIVACY), '[name="community"]');
    const page = await send(ann, PRIVACY, withFields(form, { community }));
    assertEquals(page.url.pathname, PRIVACY);
    assertStringIncludes(page.body, said);
    assertEquals((await ann.open(PRIVACY)).body.includes(said), false);
    assertEquals((await memberAtWix(site)).privacyStatus, status);
    assertEquals(await isSeen(), status === "PUBLIC");
  }
});

test.member("POST /account/privacy does nothing for another account, or for a word it does not know", async ({ ann, site }) => {
  const rows: [number, Record<string, string>][] = [
    [409, { member: guid("member", 2), community: "leave" }],
    [400, { member: ANN_ID, community: "burn" }],
  ];
  for (const [status, form] of rows) {
    const page = await sendOnly(ann, PRIVACY, new URLSearchParams(form));
    assertEquals(page.status, status);
  }
  assertEquals((await memberAtWix(site)).privacyStatus, "PUBLIC");
});

test.member("POST /account/delete deletes the account, ends the session, and says good-bye once", async ({ ann, site }) => {
  const confirmed = new URLSearchParams({ email: ` ${ANN.toUpperCase()} ` });
  assertEquals((await sendOnly(ann, DELETE, confirmed)).status, 303);
  const page = await ann.open("/goodbye");
  assertStringIncludes(page.body, "Your account is deleted.");
  assertEquals(shownUser(page), "Visitor");
  assertEquals((await ann.open("/goodbye")).url.pathname, "/");
  assertEquals((await askWix(site, ANN_ID)).status, 404);
  assertEquals(
    shownMembers(await ann.open("/members")).includes("Ann"),
    false,
  );
});

const form = (email: string) => new URLSearchParams({ email });

test.member("POST /account/delete keeps the account of whoever does not confirm", async ({ ann, site }) => {
  for (const email of ["", BEN, `x${ANN}`]) {
    const page = await sendOnly(ann, DELETE, form(email));
    assertEquals(page.status, 422, email);
    assertStringIncludes(page.body, "Your account is not deleted");
    find(page.document, '[role="alert"] a[href="#email"]');
  }
  assertEquals((await ann.open(DELETE)).status, 200);
  assertEquals((await askWix(site, ANN_ID)).status, 200);
});

test.member("an account that Wix does not delete stays, and so does the session", async ({ ann, site }) => {
  const ruleName = "OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN";
  const body = violation({ field: "id", ruleName });
  const faults: [Fault, number, string][] = [
    [{ status: 503 }, 503, "Wix is not answering"],
    [{ status: 400, body }, 409, "Owners and contributors"],
  ];
  for (const [fault, status, text] of faults) {
    site.wix.controls.failNext("DELETE /members/v1/members/my", fault);
    const page = await sendOnly(ann, DELETE, form(ANN));
    assertEquals(page.status, status);
    assertStringIncludes(page.body, text);
    assertEquals(shownUser(page), "Ann");
  }
  assertEquals((await askWix(site, ANN_ID)).status, 200);
});

test.member("a link to the good-bye page, or a made-up flash, says nothing", async ({ ann, site }) => {
  assertEquals((await site.visitor().open("/goodbye")).url.pathname, "/");
  for (const made of ["<b>hello</b>", "constructor", "saved%00", ""]) {
    ann.setCookie("localhost", "flash", made);
    const { status, body, document } = await ann.open(SETTINGS);
    assertEquals(status, 200);
    assertEquals(texts(document, '[role="status"]'), [], made);
    assertEquals(body.includes("hello"), false, made);
  }
});

async function settingsForm(browser: Browser): Promise<URLSearchParams> {
  const page = await browser.open(SETTINGS);
  assertEquals(page.status, 200);
  return formOf(page, FORM);
}

/** Changes fields of the settings, and opens the page that says so. */
async function save(
  browser: Browser,
  fields: Record<string, string>,
): Promise<Page> {
  const form = withFields(await settingsForm(browser), fields);
  return await send(browser, SETTINGS, form);
}

/** Where a page sends somebody to log in, in another tab. */
function loginLink({ document }: Page): string {
  const [link = ""] = attributes(document, 'a[target="_blank"]', "href");
  assertStringIncludes(link, "/api/auth/login?returnToUrl=");
  return link;
}

async function memberAtWix(site: Site, id = ANN_ID): Promise<Member> {
  return (await askWix(site, id)).body.member;
}

/** As the site's owner sees it. */
async function askWix({ wix }: Site, id: string) {
  const url = `${wix.origin}/members/v1/members/${id}?fieldsets=FULL`;
  const headers = { authorization: SITE.apiKey, "wix-site-id": SITE.siteId };
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.json() };
}
