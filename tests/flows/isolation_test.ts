import { assert, assertEquals } from "@std/assert";
import { peopleUpTo } from "@/packages/local-wix/src/mod.ts";
import { seedMembers } from "@/packages/local-wix/src/seed/members.ts";
import { seedOrders } from "@/packages/local-wix/src/seed/orders.ts";
import { texts } from "../helpers/document.ts";
import { startSite } from "../helpers/site.ts";

const PEOPLE = 20;
const REQUESTS = 200;

Deno.test("200 parallel requests of 20 people: nobody sees another's data (I6)", async () => {
  await using site = await startSite({ memberCount: PEOPLE });
  const people = await Promise.all(
    seedMembers(peopleUpTo(PEOPLE)).map(async ({ id, loginEmail }) => ({
      id,
      numbers: seedOrders(peopleUpTo(PEOPLE))
        .filter(({ buyerInfo }) => buyerInfo.memberId === id)
        .map(({ number }) => number),
      browser: await site.member(loginEmail),
    })),
  );
  await Promise.all(Array.from({ length: REQUESTS }, async (_, index) => {
    const person = people[index % PEOPLE];
    assert(person !== undefined);
    const { id, numbers, browser } = person;
    if (index % (2 * PEOPLE) < PEOPLE) {
      const { body } = await browser.request("/api/session");
      assertEquals(JSON.parse(body).member?.id, id);
    } else {
      const { document, status } = await browser.request("/account/orders");
      assertEquals(status, 200);
      const shown = texts(document, ".orders h2");
      assertEquals(shown.length, Math.min(numbers.length, 10));
      assertEquals(
        shown.filter((title) =>
          !numbers.includes(title.slice("Order ".length))
        ),
        [],
      );
    }
  }));
});
