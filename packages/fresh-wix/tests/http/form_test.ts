import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { HttpError } from "fresh";
import { readForm, singleValue } from "../../src/http/form.ts";

const FORM = "application/x-www-form-urlencoded";
const post = (body: BodyInit | null, type: string = FORM) =>
  new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "content-type": type },
  });

Deno.test("readForm() returns the fields, also of characters cut between chunks", async () => {
  const bytes = new TextEncoder().encode("name=Zoë&name=B");
  const body = ReadableStream.from(
    [...bytes].map((byte) => Uint8Array.of(byte)),
  );
  const form = await readForm(post(body, `${FORM}; charset=UTF-8`));
  assertEquals(form.getAll("name"), ["Zoë", "B"]);
});

Deno.test("readForm() refuses other types than browsers send", async () => {
  for (const type of ["multipart/form-data; boundary=x", "text/plain", "a"]) {
    const error = await assertRejects(
      () => readForm(post("a=1", type)),
      HttpError,
    );
    assertEquals(error.status, 415);
  }
  assertEquals((await readForm(post("", FORM.toUpperCase()))).size, 0);
});

const refused: [id: string, body: () => BodyInit, status: number][] = [
  ["an endless form", () => endless(1024), 413],
  ["N7 201 fields", () => "a=1&".repeat(200) + "b=1", 413],
  ["N7 21,000 fields", () => "&".repeat(21_000), 413],
];
for (const [id, body, status] of refused) {
  Deno.test(`readForm() refuses ${id} with ${status}`, async () => {
    const error = await assertRejects(() => readForm(post(body())), HttpError);
    assertEquals(error.status, status);
  });
}

Deno.test("readForm() takes 200 fields", async () => {
  assertEquals((await readForm(post("a=1&".repeat(199) + "b=1"))).size, 200);
});

function endless(bytes: number) {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(bytes)),
  });
}

Deno.test("singleValue() returns the one value, and refuses two", () => {
  const form = new URLSearchParams("a=1&b=&c=1&c=1");
  assertEquals(singleValue(form, "a"), "1");
  assertEquals(singleValue(form, "b"), "");
  assertEquals(singleValue(form, "x"), undefined);
  assertEquals(
    assertThrows(() => singleValue(form, "c"), HttpError).status,
    400,
  );
});
