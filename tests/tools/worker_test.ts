import { assertEquals } from "@std/assert";
import { createWorker } from "@/tools/hosting/worker.ts";
import * as adapter from "@/tools/hosting/deno_adapter.ts";

const request = new Request("https://shop.example/");
const { "Deno.env": env, "Deno.readFile": readFile } = adapter;

Deno.test("the worker loads the server once, with the settings of the first request", async () => {
  const loads: unknown[] = [];
  const worker = createWorker(() => {
    loads.push([env.get("APP_ORIGIN"), env.get("DEVELOPER_HINTS")]);
    const fetch = () => Promise.resolve(new Response("page"));
    return Promise.resolve({ default: { fetch } });
  });
  const settings = {
    APP_ORIGIN: "https://shop.example",
    DEVELOPER_HINTS: true,
  };
  await Promise.all([
    worker.fetch(request, settings),
    worker.fetch(request, settings),
  ]);
  assertEquals(loads, [["https://shop.example", "true"]]);
});

Deno.test("a server that can't start is a 500 without the reason", async () => {
  const worker = createWorker(() => Promise.reject(new Error("APP_ORIGIN")));
  for (const _ of [1, 2]) {
    const response = await worker.fetch(request, {});
    assertEquals(response.status, 500);
    assertEquals((await response.text()).includes("APP_ORIGIN"), false);
  }
});

Deno.test("static files come from ASSETS", async () => {
  const fetched: string[] = [];
  const ASSETS = {
    fetch: ({ pathname }: URL) => {
      fetched.push(pathname);
      return Promise.resolve(new Response("icon"));
    },
  };
  adapter.setBindings({ ASSETS });
  const bytes = await readFile("/server/client/a%20b.svg");
  assertEquals(new TextDecoder().decode(bytes), "icon");
  assertEquals(fetched, ["/a%20b.svg"]);
});
