import { assertEquals } from "@std/assert";
import {
  mergeSettings,
  type Settings,
  toAddress,
  toSettings,
  toWixAddress,
} from "@/lib/account/settings.ts";

const LANE = {
  id: "a1",
  addressLine: "1 Juniper Lane",
  addressLine2: "",
  postalCode: "97201",
  city: "Portland",
  subdivision: "US-OR",
  country: "US",
};

const ANN: Settings = {
  nickname: "Ann",
  firstName: "Ann",
  lastName: "Archer",
  phones: ["+1 555 0101"],
  addresses: [LANE],
};

Deno.test("toSettings() joins a split street address and cleans text", () => {
  const { firstName, addresses, phones } = toSettings({
    contact: {
      firstName: " Ann  Marie ",
      phones: ["", " +1  555 "],
      addresses: [{ streetAddress: { number: "3", name: "High Street" } }],
    },
  });
  assertEquals(firstName, "Ann Marie");
  assertEquals(phones, ["+1 555"]);
  assertEquals(addresses[0]?.addressLine, "3 High Street");
});

Deno.test("mergeSettings() changes only the entered fields", () => {
  const entered = { ...ANN, nickname: "Annie" };
  const present = { ...ANN, lastName: "Ash" };
  assertEquals(mergeSettings(ANN, entered, present), {
    change: { nickname: "Annie" },
    conflicts: [],
    merged: { ...ANN, nickname: "Annie", lastName: "Ash" },
  });
});

Deno.test("mergeSettings() finds conflicting changes", () => {
  const entered = { ...ANN, phones: [], nickname: "Annie" };
  const present = { ...ANN, phones: ["+1 555 0101", "+1 555 0102"] };
  const { conflicts, merged } = mergeSettings(ANN, entered, present);
  assertEquals(conflicts, ["phones"]);
  assertEquals(merged, { ...ANN, phones: [], nickname: "Annie" });
});

Deno.test("mergeSettings() ignores identical changes", () => {
  const added = { ...LANE, city: "Salem", id: "" };
  const entered = { ...ANN, addresses: [LANE, added] };
  const present = { ...ANN, addresses: [LANE, { ...added, id: "a2" }] };
  const { change, conflicts } = mergeSettings(ANN, entered, present);
  assertEquals([change, conflicts], [{}, []]);
});

Deno.test("toWixAddress() returns an unchanged address as Wix sent it", () => {
  const inParts = {
    _id: "a1",
    streetAddress: { number: "3", name: "High Street" },
    city: "Leeds",
    country: "GB",
  };
  const shown = toAddress(inParts);
  assertEquals(toWixAddress(shown, [inParts]), inParts);
  assertEquals(toWixAddress({ ...shown, city: "York" }, [inParts]), {
    _id: "a1",
    addressLine: "3 High Street",
    addressLine2: null,
    postalCode: null,
    city: "York",
    subdivision: null,
    country: "GB",
  });
});

Deno.test("toWixAddress() sends no unknown id", () => {
  for (const id of ["", "a2"]) {
    const { _id } = toWixAddress({ ...LANE, id }, [{ _id: "a1" }, {}]);
    assertEquals(_id, undefined);
  }
});
