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
import {
  ANN,
  BEN,
  copyOf,
  logIn,
  LOGOUT_FORM,
  memberCookie,
  sessionCookies,
  type Site,
  startSite,
} from "../helpers/site.ts";

const SETTINGS = "/account/settings";
const PRIVACY = "/account/privacy";
const DELETE = "/account/delete";
const FORM = '[name="shown"]';
const UPDATE = "PATCH /members/v1/members/{id}";
const ANN_ID = guid("member", 1);

Deno.test("POST /account/settings saves, says so on one page, and the header has the new name", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = await settingsForm(ann);
  const answer = await sendOnly(
    ann,
    SETTINGS,
    withFields(form, {
      nickname: "  Annie ",
      firstName: "Anna",
      "phone-2": "+1 (503) 555-0123 ext. 4",
    }),
  );
  assertEquals(answer.status, 303);
  assertEquals(answer.headers.get("location"), SETTINGS);

  const saved = await ann.open(SETTINGS);
  assertStringIncludes(saved.body, "Your settings are saved.");
  assertEquals(shownUser(saved), "Annie");
  assertEquals(text((await ann.open("/")).document, ".who strong"), "Annie");
  const again = await ann.open(SETTINGS);
  assertEquals(again.body.includes("Your settings are saved."), false);

  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Annie");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "Archer"]);
  assertEquals(contact.phones, ["+1 555 0101", "+1 (503) 555-0123 ext. 4"]);
});

Deno.test("POST /account/settings without a change saves nothing, and keeps the cookie", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = await settingsForm(ann);
  const before = memberCookie(ann);
  const page = await send(ann, SETTINGS, form);
  assertStringIncludes(page.body, "Your settings are saved.");
  assertEquals(site.wix.controls.counters.routes[UPDATE], 0);
  assertEquals(memberCookie(ann), before);
});

Deno.test("lists are replaced as a whole, emptied by calls of their own, and ids stay", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const added = await send(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), {
      "phone-1": "",
      "address-2-addressLine": "Wacholderweg 3",
      "address-2-addressLine2": "Hinterhaus",
      "address-2-postalCode": "10115",
      "address-2-city": "Berlin",
      "address-2-subdivision": "de-be",
      "address-2-country": "DE",
    }),
  );
  assertStringIncludes(added.body, "Your settings are saved.");
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

  await send(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), { "address-1-remove": "on" }),
  );
  const one = (await memberAtWix(site)).contact.addresses;
  assertEquals(one.map(({ id }) => id), [second?.id]);

  await send(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), { "address-1-remove": "on" }),
  );
  const none = await memberAtWix(site);
  assertEquals(none.contact.addresses, []);
  assertEquals(none.contact.firstName, "Ann");
});

const long = "x".repeat(101);
const WRONG: [what: string, field: string, value: string, problem: RegExp][] = [
  ["an empty nickname", "nickname", "", /Enter a nickname/],
  ["spaces", "nickname", " \t ", /Enter a nickname/],
  ["nothing to see", "nickname", "\u200b\u2060\ufe0f", /Enter a nickname/],
  ["101 characters", "nickname", long, /Use 100 characters or fewer/],
  ["a control character", "firstName", "An\u0007n", /cannot be seen/],
  ["NUL", "lastName", "A\u0000", /cannot be seen/],
  ["an override of direction", "nickname", "\u202eecila", /cannot be seen/],
  ["an open isolate", "nickname", "a\u2067b", /cannot be seen/],
  ["no phone number", "phone-2", "call me", /Enter a phone number/],
  ["too few digits", "phone-2", "+1 2", /Enter a phone number/],
  ["too many digits", "phone-2", "1".repeat(21), /Enter a phone number/],
  ["a phone of markup", "phone-2", "<b>12345</b>", /Enter a phone number/],
  ["a long address", "address-1-addressLine", "x".repeat(201), /Use 200/],
  ["no street", "address-1-addressLine", "", /Enter the street/],
  ["no city", "address-1-city", " ", /Enter the town/],
  ["no country", "address-1-country", "", /Choose a country/],
  ["a country there is not", "address-1-country", "ZZ", /Choose a country/],
  ["half an expression", "address-1-country", "(((", /Choose a country/],
  ["no code", "address-1-subdivision", "Oregon", /Enter a code/],
  ["another's code", "address-1-subdivision", "DE-BY", /Enter a code/],
];

Deno.test("what is wrong is said at its field, nothing is saved, and what was entered stays", async (t) => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = await settingsForm(ann);
  for (const [what, field, value, problem] of WRONG) {
    await t.step(what, async () => {
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

Deno.test("what cannot be decoded is refused at its field", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = await settingsForm(ann);
  form.delete("nickname");
  const page = await sendOnly(ann, SETTINGS, `nickname=%FF%FE&${form}`);
  assertEquals(page.status, 422);
  find(page.document, '[role="alert"] a[href="#nickname"]');
});

const ODD: [what: string, nickname: string][] = [
  ["markup", '<script>alert(1)</script>"><img src=x onerror=alert(1)>'],
  ["an emoji of several parts", "👩🏽‍🌾 Ann"],
  ["Hebrew with a direction mark", "\u05d0\u05e0\u05d4 (1)\u200f"],
  [
    "Persian with a joiner",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
  ],
  ["a hundred characters", "x".repeat(100)],
  ["a template", "${7*7} {{7*7}} %0d%0a"],
  ["a property of objects", "__proto__"],
];

Deno.test("names may be odd: they are kept as they are, and shown as text", async (t) => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  for (const [what, nickname] of ODD) {
    await t.step(what, async () => {
      const form = withFields(await settingsForm(ann), { nickname });
      const page = await send(ann, SETTINGS, form);
      assertEquals(page.status, 200);
      assertEquals((await memberAtWix(site)).profile.nickname, nickname);
      assertEquals(formOf(page, FORM).get("nickname"), nickname);
      const { document } = page;
      assertEquals(texts(document, "script:not([nonce])"), []);
      assertEquals(texts(document, "[onerror]"), []);
    });
  }
});

Deno.test("a form that none of our pages sends is not understood", async (t) => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = await settingsForm(ann);
  const without = new URLSearchParams(form);
  without.delete("shown");
  const many = Array.from({ length: 51 }, (_, row) => [`phone-${row + 1}`, ""]);
  const rows: [string, number, URLSearchParams | string][] = [
    ["nothing", 400, ""],
    ["without what was shown", 400, without],
    ["what was shown is no JSON", 400, withFields(form, { shown: "{" })],
    ["null", 400, withFields(form, { shown: "null" })],
    ["other types", 400, withFields(form, { shown: '{"nickname":1}' })],
    ["a field twice", 400, `${form}&nickname=Eve`],
    ["51 phones", 400, new URLSearchParams([...form, ...many.slice(2)])],
    ["more than 64 KiB", 413, withFields(form, { x: "x".repeat(70_000) })],
  ];
  for (const [what, status, body] of rows) {
    await t.step(what, async () => {
      assertEquals((await sendOnly(ann, SETTINGS, body)).status, status);
    });
  }
  for (
    const type of ["multipart/form-data", "application/json", "text/plain"]
  ) {
    await t.step(type, async () => {
      const { status } = await ann.request(SETTINGS, {
        method: "POST",
        body: String(form),
        headers: { "content-type": type, "sec-fetch-site": "same-origin" },
      });
      assertEquals(status, 415);
    });
  }
  assertEquals((await memberAtWix(site)).profile.nickname, "Ann");
});

Deno.test("fields that the form does not have change nothing", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const before = await memberAtWix(site);
  const page = await send(
    ann,
    SETTINGS,
    withFields(await settingsForm(ann), {
      loginEmail: "eve@demo.example",
      privacyStatus: "PRIVATE",
      status: "BLOCKED",
      slug: "eve",
      "contact.company": "Eve Ltd",
    }),
  );
  assertEquals(page.status, 200);
  assertEquals(await memberAtWix(site), before);
});

Deno.test("two tabs that save different things lose nothing of each other", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const [one, two] = [await settingsForm(ann), await settingsForm(ann)];
  await send(ann, SETTINGS, withFields(one, { firstName: "Anna" }));
  await send(ann, SETTINGS, withFields(two, { "phone-1": "+1 555 0199" }));
  const { contact } = await memberAtWix(site);
  assertEquals(contact.firstName, "Anna");
  assertEquals(contact.phones, ["+1 555 0199"]);
});

Deno.test("the same field changed in two tabs is asked about, and saved when sent again", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const [one, two] = [await settingsForm(ann), await settingsForm(ann)];
  await send(
    ann,
    SETTINGS,
    withFields(one, { nickname: "One", lastName: "A" }),
  );
  const asked = await sendOnly(
    ann,
    SETTINGS,
    withFields(two, { nickname: "Two", firstName: "Anna" }),
  );
  assertEquals(asked.status, 409);
  assertStringIncludes(asked.body, "changed to “One” elsewhere");
  assertEquals((await memberAtWix(site)).profile.nickname, "One");

  const again = formOf(asked, FORM);
  assertEquals(again.get("nickname"), "Two");
  assertEquals(again.get("lastName"), "A");
  await send(ann, SETTINGS, again);
  const { profile, contact } = await memberAtWix(site);
  assertEquals(profile.nickname, "Two");
  assertEquals([contact.firstName, contact.lastName], ["Anna", "A"]);
});

Deno.test("a form of somebody who is no longer the one logged in is not saved", async () => {
  await using site = await startSite();
  const browser = await site.member(ANN);
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

const violation = (field: string, rule: string, threshold?: number) => ({
  details: {
    validationError: {
      fieldViolations: [{ field, violatedRule: rule, data: { threshold } }],
    },
  },
});

const NO_WAIT = { "retry-after": "0" };

const FAULTS: [
  what: string,
  Fault,
  status: number,
  says: RegExp,
  where?: string,
][] = [
  [
    "a field is refused",
    {
      status: 400,
      body: violation("member.profile.nickname", "MAX_LENGTH", 30),
    },
    422,
    /^Wix takes at most 30 characters here\.$/,
    "#nickname-error",
  ],
  [
    "a list is refused",
    { status: 400, body: violation("member.contact.phones[0]", "FORMAT") },
    422,
    /^Wix does not take one of these numbers\.$/,
    "#phone-1-error",
  ],
  ["400 for no field", { status: 400 }, 422, /Wix did not take this/],
  ["409", { status: 409 }, 422, /Wix did not take this/],
  ["403", { status: 403 }, 403, /This is not allowed/],
  ["429", { status: 429, headers: NO_WAIT }, 503, /Wix is not answering/],
  ["500", { status: 500, headers: NO_WAIT }, 503, /Wix is not answering/],
  ["an HTML page", { kind: "html" }, 503, /Wix is not answering/],
  ["a broken connection", { kind: "truncated" }, 503, /Wix is not answering/],
];

Deno.test("when Wix does not save, what was entered stays, and saves when sent again", async (t) => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  for (const [what, fault, status, says, where] of FAULTS) {
    await t.step(what, async () => {
      const nickname = `Ann, after ${what}`;
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

Deno.test("a form whose answer was lost is sent again without harm", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = withFields(await settingsForm(ann), {
    nickname: "Annie",
    "address-2-addressLine": "Wacholderweg 3",
    "address-2-city": "Berlin",
    "address-2-country": "DE",
  });
  site.wix.controls.failNext(UPDATE, {
    status: 500,
    headers: NO_WAIT,
    processed: true,
  });
  const lost = await sendOnly(ann, SETTINGS, form);
  assertEquals(lost.status, 503);
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
  const page = await send(ann, SETTINGS, formOf(lost, FORM));
  assertStringIncludes(page.body, "Your settings are saved.");
  assertEquals(shownUser(page), "Annie");
  assertEquals((await memberAtWix(site)).contact.addresses.length, 2);
});

Deno.test("somebody logged out elsewhere keeps what they entered, logs in, and sends it again", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = withFields(await settingsForm(ann), {
    nickname: "<Annie> & 'co'",
  });
  await ann.submit(await ann.open("/"), LOGOUT_FORM);

  const page = await sendOnly(ann, SETTINGS, form);
  assertEquals(page.status, 401);
  assertStringIncludes(page.body, "You are no longer logged in");
  assertEquals(page.headers.get("cache-control"), "private, no-store");
  assertEquals((await memberAtWix(site)).profile.nickname, "Ann");
  await logIn(ann, loginLink(page), ANN);
  const saved = await send(ann, SETTINGS, formOf(page, FORM));
  assertStringIncludes(saved.body, "Your settings are saved.");
  assertEquals((await memberAtWix(site)).profile.nickname, "<Annie> & 'co'");
});

Deno.test("a session that ends at Wix while somebody types costs them a login, not their words", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const form = withFields(await settingsForm(ann), { nickname: "Annie" });
  site.wix.controls.expireAccessTokens();
  site.wix.controls.revokeRefreshTokens();
  const told = await sendOnly(ann, SETTINGS, form);
  assertEquals(told.status, 401);
  assertStringIncludes(told.body, "Your session has ended");
  await logIn(ann, loginLink(told), ANN);
  const saved = await send(ann, SETTINGS, formOf(told, FORM));
  assertEquals(shownUser(saved), "Annie");
});

Deno.test("POST /account/privacy joins and leaves the community, and others see the difference", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
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

Deno.test("POST /account/privacy does nothing for another account, or for a word it does not know", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  for (
    const [status, form] of [
      [409, { member: guid("member", 2), community: "leave" }],
      [409, { community: "leave" }],
      [400, { member: ANN_ID, community: "burn" }],
      [400, { member: ANN_ID }],
    ] as const
  ) {
    const page = await sendOnly(ann, PRIVACY, new URLSearchParams({ ...form }));
    assertEquals(page.status, status);
  }
  assertEquals((await memberAtWix(site)).privacyStatus, "PUBLIC");
});

Deno.test("a community that takes nobody in is explained", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const code = "COMMUNITY_JOIN_IMPOSSIBLE";
  site.wix.controls.failNext("POST /members/v1/members/join-community", {
    status: 400,
    body: { message: code, details: { applicationError: { code } } },
  });
  const page = await sendOnly(
    ann,
    PRIVACY,
    new URLSearchParams({ member: ANN_ID, community: "join" }),
  );
  assertEquals(page.status, 409);
  assertStringIncludes(page.body, "takes nobody in now");
});

Deno.test("POST /account/delete deletes the account, ends the session, and says good-bye once", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const before = copyOf(ann, site);
  const confirmed = new URLSearchParams({ email: ` ${ANN.toUpperCase()} ` });
  const answer = await sendOnly(ann, DELETE, confirmed);
  assertEquals(answer.status, 303);
  const page = await ann.open("/goodbye");
  assertStringIncludes(page.body, "Your account is deleted.");
  assertEquals(shownUser(page), "Visitor");
  assertEquals((await ann.open("/goodbye")).url.pathname, "/");
  assertEquals(await memberStatus(site), 404);

  const people = await ann.open("/members");
  assertEquals(people.status, 200);
  assertEquals(shownMembers(people).includes("Ann"), false);
  for (const [name, value] of sessionCookies(before)) {
    if (name.startsWith("wix_session_")) {
      ann.setCookie("localhost", name, value);
    }
  }
  const session = JSON.parse((await ann.request("/api/session")).body);
  assertEquals(session.kind, "visitor");
});

Deno.test("POST /account/delete keeps the account of whoever does not confirm", async (t) => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  for (const email of ["", "DELETE", BEN, `${ANN}.`, `x${ANN}`, "%00"]) {
    await t.step(`"${email}"`, async () => {
      const page = await sendOnly(ann, DELETE, new URLSearchParams({ email }));
      assertEquals(page.status, 422);
      assertStringIncludes(page.body, "Your account is not deleted");
      find(page.document, '[role="alert"] a[href="#email"]');
    });
  }
  const twice = `email=${encodeURIComponent(ANN)}`;
  const { status } = await sendOnly(ann, DELETE, `${twice}&${twice}`);
  assertEquals(status, 400);
  assertEquals((await ann.open(DELETE)).status, 200);
  assertEquals(await memberStatus(site), 200);
});

Deno.test("an account that Wix does not delete stays, and so does the session", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  const rule = "OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN";
  for (
    const [fault, status, text] of [
      [{ status: 503 }, 503, "Wix is not answering"],
      [
        {
          status: 400,
          body: {
            details: {
              validationError: {
                fieldViolations: [{ field: "id", ruleName: rule }],
              },
            },
          },
        },
        409,
        "Owners and contributors",
      ],
    ] as const
  ) {
    site.wix.controls.failNext("DELETE /members/v1/members/my", fault);
    const page = await sendOnly(
      ann,
      DELETE,
      new URLSearchParams({ email: ANN }),
    );
    assertEquals(page.status, status);
    assertStringIncludes(page.body, text);
    assertEquals(shownUser(page), "Ann");
  }
  assertEquals(await memberStatus(site), 200);
});

Deno.test("a page of another site changes and deletes nothing", async () => {
  await using site = await startSite();
  const ann = await site.member(ANN);
  for (
    const [path, body] of [
      [SETTINGS, withFields(await settingsForm(ann), { nickname: "Eve" })],
      [PRIVACY, new URLSearchParams({ member: ANN_ID, community: "leave" })],
      [DELETE, new URLSearchParams({ email: ANN })],
    ] as const
  ) {
    const { status } = await ann.request(path, {
      method: "POST",
      body,
      headers: {
        "sec-fetch-site": "cross-site",
        origin: "https://evil.example",
      },
    });
    assertEquals(status, 403, path);
  }
  const { profile, privacyStatus } = await memberAtWix(site);
  assertEquals([profile.nickname, privacyStatus], ["Ann", "PUBLIC"]);
});

Deno.test("a link to the good-bye page, or a made-up flash, says nothing", async () => {
  await using site = await startSite();
  const visitor = site.visitor();
  assertEquals((await visitor.open("/goodbye")).url.pathname, "/");
  const ann = await site.member(ANN);
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

/** Where a page sends somebody to log in, in another tab. */
function loginLink({ document }: Page): string {
  const [link = ""] = attributes(document, 'a[target="_blank"]', "href");
  assertStringIncludes(link, "/api/auth/login?returnToUrl=");
  return link;
}

async function memberAtWix(site: Site, id = ANN_ID): Promise<Member> {
  const { member } = await (await askWix(site, id)).json();
  return member;
}

async function memberStatus(site: Site): Promise<number> {
  const answer = await askWix(site, ANN_ID);
  await answer.body?.cancel();
  return answer.status;
}

/** As the site's owner sees it. */
async function askWix({ wix }: Site, id: string): Promise<Response> {
  return await fetch(
    `${wix.origin}/members/v1/members/${id}?fieldsets=FULL`,
    { headers: { authorization: SITE.apiKey, "wix-site-id": SITE.siteId } },
  );
}
