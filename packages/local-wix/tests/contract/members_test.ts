import { members } from "@wix/members";
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  assertWixError,
  contract,
  IS_LIVE,
  type OAuthClient,
} from "../helpers/site.ts";

const FULL = { fieldsets: ["FULL" as const] };

contract("getCurrentMember() shows a member no more than was asked for", [
  "member",
], async (site) => {
  const client = await site.member({ members });
  const seen = async (fieldset: "PUBLIC" | "EXTENDED" | "FULL") => {
    const { member } = await client.members.getCurrentMember({
      fieldsets: [fieldset],
    });
    const { loginEmail, status, contact, lastLoginDate } = member ?? {};
    return [loginEmail, status, contact, lastLoginDate].map((value) =>
      value === "UNKNOWN" ? false : Boolean(value)
    );
  };
  assertEquals(await seen("PUBLIC"), [false, false, false, false]);
  assertEquals(await seen("EXTENDED"), [true, true, false, false]);
  assertEquals(await seen("FULL"), [true, true, true, true]);
});

contract(
  "[assumed] getCurrentMember() answers a visitor 404 NOT_FOUND",
  [],
  async (site) => {
    const client = site.visitor({ members });
    await assertWixError(
      () => client.members.getCurrentMember(),
      404,
      "NOT_FOUND",
    );
  },
);

contract(
  "[assumed] getCurrentMember() answers an app 403",
  ["app"],
  async (site) => {
    const client = site.app({ members });
    await assertWixError(() => client.members.getCurrentMember(), 403);
  },
);

contract("getMember() finds a member by id", ["member"], async (site) => {
  const client = await site.member({ members });
  const id = await ownId(client);
  assertEquals((await client.members.getMember(id))._id, id);
});

contract(
  "[assumed] getMember() of an unknown id is 404 MEMBER_NOT_FOUND",
  ["apiKey"],
  async (site) => {
    const client = site.admin({ members });
    await assertWixError(
      () => client.members.getMember("00000000-0000-4000-8000-0000000000ff"),
      404,
      "MEMBER_NOT_FOUND",
    );
  },
);

contract(
  "[assumed] getMember() shows others PUBLIC, whatever they ask for",
  ["seed"],
  async (site) => {
    const { members: api } = await site.member({ members });
    const { items } = await api.queryMembers().eq("profile.slug", "ben").find();
    const ben = await api.getMember(items[0]?._id ?? "", FULL);
    assertEquals(ben.profile?.slug, "ben");
    assertEquals([ben.loginEmail, ben.contact], [undefined, undefined]);
    assertEquals(ben.status, "UNKNOWN");
  },
);

contract("queryMembers() finds a member by slug", ["member"], async (site) => {
  const client = await site.member({ members });
  const { member } = await client.members.getCurrentMember(FULL);
  const slug = member?.profile?.slug;
  const { items } = await client.members.queryMembers()
    .eq("profile.slug", slug).find();
  assertEquals(items.map(({ _id }) => _id), [member?._id]);
});

contract("queryMembers() of nobody is an empty page", [], async (site) => {
  const client = site.visitor({ members });
  const page = await client.members.queryMembers()
    .eq("profile.slug", "no-member-has-this-slug").find();
  assertEquals([page.length, page.totalCount, page.hasNext()], [0, 0, false]);
});

contract(
  "queryMembers() pages both ways, each member once",
  ["apiKey"],
  async (site) => {
    const client = site.admin({ members });
    const first = await client.members.queryMembers().limit(1).find();
    // A real site may have one member.
    if (IS_LIVE && !first.hasNext()) return;
    const second = await first.next();
    const back = await second.prev();
    assertEquals(first.totalPages, first.totalCount);
    assertEquals([first.hasPrev(), second.hasPrev()], [false, true]);
    assertNotEquals(second.items[0]?._id, first.items[0]?._id);
    assertEquals(back.items[0]?._id, first.items[0]?._id);
  },
);

contract("queryMembers() takes at most 100 a page", [], async (site) => {
  const client = site.visitor({ members });
  await assertWixError(
    () => client.members.queryMembers().limit(101).find(),
    400,
  );
});

contract(
  "queryMembers() shows visitors public members without private data",
  [],
  async (site) => {
    const client = site.visitor({ members });
    const { items } = await client.members.queryMembers(FULL).find();
    assert(IS_LIVE || items.length > 1);
    for (const { loginEmail, contact, status } of items) {
      assertEquals([loginEmail, contact], [undefined, undefined]);
      assertEquals(status, "UNKNOWN");
    }
  },
);

contract(
  "queryMembers() shows an API key every member in full",
  ["apiKey", "seed"],
  async (site) => {
    const { items } = await site.admin({ members }).members.queryMembers(FULL)
      .find();
    assertEquals(items.length, 12);
    assert(items.every(({ contact, loginEmail }) => contact && loginEmail));
  },
);

contract(
  "queryMembers() hides private members from other members",
  ["seed"],
  async (site) => {
    const privates = async (email: string) => {
      const client = await site.member({ members }, email);
      const { items } = await client.members.queryMembers()
        .in("profile.slug", ["chiara", "femi"]).find();
      return items.map(({ profile }) => profile?.slug);
    };
    assertEquals(await privates("ann@demo.example"), []);
    assertEquals(await privates("femi@demo.example"), ["femi"]);
  },
);

contract(
  "[assumed] queryMembers() searches nicknames, or the fields that are named",
  ["seed"],
  async (site) => {
    const client = site.admin({ members });
    const search = async (expression: string, fields?: string[]) => {
      const { items } = await client.members.queryMembers({
        search: { expression, ...(fields && { fields }) },
      }).find();
      return items.map(({ profile }) => profile?.slug);
    };
    assertEquals(await search("IARA"), ["chiara"]);
    assertEquals(await search("Conti"), []);
    assertEquals(await search("conti", ["contact.lastName"]), ["chiara"]);
  },
);

contract("listMembers() pages with a total", ["apiKey"], async (site) => {
  const client = site.admin({ members });
  const { members: page, metadata } = await client.members.listMembers({
    paging: { limit: 1, offset: 0 },
    fieldsets: ["EXTENDED"],
    sorting: [{ fieldName: "createdDate", order: "ASC" }],
  });
  assertEquals([page?.length, metadata?.count], [1, 1]);
  assert((metadata?.total ?? 0) >= 1);
  assert(page?.[0]?.loginEmail);
});

contract(
  "updateMember() changes a member's own data and nobody else's",
  ["member", "writes"],
  async (site) => {
    const ann = await site.member({ members });
    const ben = await ownId(await site.member({ members }, "ben@demo.example"));
    const id = await ownId(ann);
    const contact = { firstName: "Anna", phones: ["+1 555 0199"] };
    const updated = await ann.members.updateMember(id, { contact });
    assertEquals(updated.contact?.firstName, "Anna");
    assertEquals(updated.contact?.lastName, "Archer");
    await assertWixError(() => ann.members.updateMember(ben, { contact }), 403);
  },
);

contract(
  "updateMember() replaces addresses as a whole",
  ["member", "writes"],
  async (site) => {
    const { members: api } = await site.member({ members });
    const id = await ownId({ members: api });
    const address = { addressLine: "2 New Road", city: "Bend", country: "US" };
    const { contact } = await api.updateMember(id, {
      contact: { addresses: [address] },
    });
    assertEquals(contact?.addresses?.length, 1);
    assertEquals(contact?.addresses?.[0]?.addressLine, "2 New Road");
    assert(contact?.addresses?.[0]?._id);
  },
);

contract(
  "updateMember() does not clear a list; the delete calls do",
  ["member", "writes"],
  async (site) => {
    const { members: api } = await site.member({ members });
    const id = await ownId({ members: api });
    const lists = async () => {
      const { member } = await api.getCurrentMember(FULL);
      const { phones, emails, addresses } = member?.contact ?? {};
      return [phones?.length, emails?.length, addresses?.length];
    };
    await api.updateMember(id, { contact: { phones: [], addresses: [] } });
    assertEquals(await lists(), [1, 1, 1]);
    await api.deleteMemberPhones(id);
    await api.deleteMemberEmails(id);
    await api.deleteMemberAddresses(id);
    assertEquals(await lists(), [0, 0, 0]);
  },
);

contract(
  "joinCommunity() and leaveCommunity() open and close a profile",
  ["member", "writes"],
  async (site) => {
    const chiara = await site.member({ members }, "chiara@demo.example");
    const shown = async () => {
      const { items } = await site.visitor({ members }).members.queryMembers()
        .eq("profile.slug", "chiara").find();
      return items.length;
    };
    const { member } = await chiara.members.joinCommunity();
    assertEquals([member?.privacyStatus, await shown()], ["PUBLIC", 1]);
    await chiara.members.leaveCommunity();
    assertEquals(await shown(), 0);
  },
);

contract(
  "updateCurrentMemberSlug() moves the profile",
  ["member", "writes"],
  async (site) => {
    const client = await site.member({ members });
    await client.members.updateCurrentMemberSlug("ann-the-first");
    const { member } = await client.members.getCurrentMember();
    assertEquals(member?.profile?.slug, "ann-the-first");
  },
);

contract(
  "[assumed] another member's slug is 409 SLUG_ALREADY_EXISTS",
  ["seed", "writes"],
  async (site) => {
    const client = await site.member({ members });
    await assertWixError(
      () => client.members.updateCurrentMemberSlug("ben"),
      409,
      "SLUG_ALREADY_EXISTS",
    );
  },
);

contract(
  "[assumed] a slug is 1 to 255 letters, digits and -_.",
  ["member", "writes"],
  async (site) => {
    const { members: api } = await site.member({ members });
    for (const slug of ["", "a b", "a/b", "a?b", "a".repeat(256)]) {
      await assertWixError(() => api.updateCurrentMemberSlug(slug), 400);
    }
    for (const slug of ["Zoë_1.x-y", "a".repeat(255)]) {
      const { member } = await api.updateCurrentMemberSlug(slug);
      assertEquals(member?.profile?.slug, slug);
    }
  },
);

contract(
  "[assumed] a name has at most 100 characters",
  ["member", "writes"],
  async (site) => {
    const { members: api } = await site.member({ members });
    const id = (await api.getCurrentMember()).member?._id ?? "";
    const name = (length: number) => ({
      contact: { firstName: "n".repeat(length) },
    });
    await api.updateMember(id, name(100));
    await assertWixError(() => api.updateMember(id, name(101)), 400);
  },
);

contract(
  "deleteMyMember() ends the member and their session",
  ["member", "writes"],
  async (site) => {
    const client = await site.member({ members }, "ben@demo.example");
    await client.members.deleteMyMember();
    await assertWixError(() => client.members.getCurrentMember(), 401);
    const { items } = await site.admin({ members }).members.queryMembers()
      .eq("loginEmail", "ben@demo.example").find();
    assertEquals(items, []);
  },
);

contract("deleteMember() is not for members", [
  "member",
  "writes",
], async (site) => {
  const client = await site.member({ members });
  const id = await ownId(client);
  await assertWixError(() => client.members.deleteMember(id), 403);
});

contract(
  "createMember() makes a private member with a slug from the nickname",
  ["apiKey", "writes"],
  async (site) => {
    const client = site.admin({ members });
    const created = await client.members.createMember({
      member: {
        loginEmail: "zoe@demo.example",
        contact: { firstName: "Zoe" },
        profile: { nickname: "Ann" },
      },
    });
    assertEquals(created.privacyStatus, "PRIVATE");
    assertEquals(created.profile?.slug, "ann1");
    assertEquals(
      (await client.members.getMember(created._id ?? "", FULL)).loginEmail,
      "zoe@demo.example",
    );
  },
);

contract(
  "[assumed] createMember() refuses a second member with one e-mail: 409",
  ["apiKey", "writes"],
  async (site) => {
    const member = { loginEmail: "ANN@demo.example" };
    await assertWixError(
      () => site.admin({ members }).members.createMember({ member }),
      409,
    );
  },
);

contract(
  "[assumed] blockMember() ends a member's tokens until they are approved",
  ["apiKey", "member", "writes"],
  async (site) => {
    const ann = await site.member({ members });
    const id = await ownId(ann);
    const { members: admin } = site.admin({ members });
    const { member } = await admin.blockMember(id);
    assertEquals(member?.status, "BLOCKED");
    await assertWixError(() => ann.members.getCurrentMember(), 401);
    const { refreshToken } = ann.auth.getTokens();
    await assertRejects(
      () => ann.auth.renewToken(refreshToken),
      Error,
      "invalid_grant",
    );
    await admin.approveMember(id);
    assertEquals(await ownId(ann), id);
  },
);

contract("muteMember() and unmuteMember() change the activity status", [
  "apiKey",
  "member",
  "writes",
], async (site) => {
  const id = await ownId(await site.member({ members }));
  const { members: admin } = site.admin({ members });
  assertEquals(
    (await admin.muteMember(id)).member?.activityStatus,
    "MUTED",
  );
  assertEquals(
    (await admin.unmuteMember(id)).member?.activityStatus,
    "ACTIVE",
  );
});

contract(
  "bulkDeleteMembers() tells of each member whether it worked",
  ["apiKey", "writes"],
  async (site) => {
    const id = await ownId(await site.member({ members }, "ben@demo.example"));
    const unknown = "00000000-0000-4000-8000-0000000000ff";
    const { results, bulkActionMetadata } = await site.admin({ members })
      .members.bulkDeleteMembers([id, unknown]);
    assertEquals(
      results?.map(({ itemMetadata }) => itemMetadata?.success),
      [true, false],
    );
    assertEquals(bulkActionMetadata?.totalSuccesses, 1);
  },
);

contract(
  "[assumed] bulkBlockMembers() has blocked when it answers",
  ["apiKey", "writes"],
  async (site) => {
    const { members: admin } = site.admin({ members });
    const { jobId } = await admin.bulkBlockMembers({ "profile.slug": "ben" });
    assert(jobId);
    const { items } = await admin.queryMembers().eq("status", "BLOCKED").find();
    assertEquals(items.map(({ profile }) => profile?.slug), ["ben"]);
  },
);

/** The id of the member who calls. */
async function ownId(
  client: Pick<OAuthClient<{ members: typeof members }>, "members">,
): Promise<string> {
  const { member } = await client.members.getCurrentMember();
  return member?._id ?? "";
}
