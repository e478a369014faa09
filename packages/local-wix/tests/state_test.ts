import { assert, assertEquals, assertThrows } from "@std/assert";
import { Backend } from "../src/backend.ts";
import { handle } from "../src/handler.ts";
import {
  guid,
  type LocalWix,
  type LocalWixOptions,
  SITE,
  startLocalWix,
} from "../src/mod.ts";
import type { Change } from "../src/state/tables.ts";
import { openLogFile } from "../src/state/log_file.ts";
import {
  at,
  get,
  memberTokens,
  pageUrl,
  post,
  refresh,
  tokensIn,
} from "./helpers/http.ts";

const ANN = `/members/v1/members/${guid("member", 1)}`;
const OWNER = { authorization: SITE.apiKey, "wix-site-id": SITE.siteId };
const MY = "/members/v1/members/my";

type Start = (options?: LocalWixOptions) => ReturnType<typeof startLocalWix>;

/** Tests local Wixes that `start` starts, one after the other, with one file. */
function test(
  name: string,
  run: (start: Start, path: string) => Promise<void>,
) {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    const statePath = `${folder}/state.log`;
    try {
      await run(
        (options = {}) => startLocalWix({ port: 0, statePath, ...options }),
        statePath,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

test("a state file keeps changes, deletions and their order over a restart", async (start) => {
  const first = await start({ memberCount: 5 });
  const { access: authorization } = await memberTokens(first);
  const response = await fetch(first.origin + ANN, {
    method: "PATCH",
    headers: { authorization },
    body: JSON.stringify({ member: { profile: { nickname: "Annie" } } }),
  });
  assertEquals(await response.json().then(() => response.status), 200);
  const deletion = { memberIds: [guid("member", 5)] };
  await post(first, "/members/v1/members/bulk/delete", deletion, OWNER);
  await first.close();
  // A seed counts for a new file only.
  await using second = await start({ memberCount: 60 });
  const { body } = await get(second, MY, { authorization });
  assertEquals(at(body, "member.profile.nickname"), "Annie");
  const overview = (await get(second, "/_local/overview")).body;
  assertEquals(at(overview, "members.length"), 4);
  assertEquals(at(overview, "members.0.email"), "ann@demo.example");
});

test("a state file keeps revocations, ended sessions and used tokens", async (start) => {
  const first = await start({ rotation: "strict" });
  const spent = (await memberTokens(first)).refresh;
  const live = tokensIn(await refresh(first, spent)).refresh;
  const revoked = (await memberTokens(first, "ben@demo.example")).refresh;
  first.controls.revokeRefreshTokens(guid("member", 2));
  const { access } = await memberTokens(first);
  const logout = { logout: { clientId: SITE.clientId } };
  await (await fetch(await pageUrl(first, logout, access))).body?.cancel();
  await first.close();
  await using second = await start({ rotation: "strict" });
  const statuses = [];
  for (const token of [spent, revoked, live]) {
    statuses.push((await refresh(second, token)).status);
  }
  assertEquals(statuses, [400, 400, 200]);
  const ended = await get(second, MY, { authorization: access });
  assertEquals(ended.status, 401);
});

test("ids of earlier runs are not used again with a state file", async (start) => {
  const ids: unknown[] = [];
  for (const name of ["one", "two", "three"]) {
    await using wix = await start({ deterministic: "a" });
    const member = { loginEmail: `${name}@x.example` };
    const made = await post(wix, "/members/v1/members", { member }, OWNER);
    ids.push(at(made.body, "member.id"));
  }
  assertEquals(new Set(ids).size, 3);
});

test("the process that opens a state file last owns it; the other one returns 500", async (start) => {
  await using first = await start();
  const revoke = (wix: LocalWix) => post(wix, "/_local/revoke");
  assertEquals((await revoke(first)).status, 200);
  await using second = await start();
  assertEquals((await revoke(first)).status, 500);
  assertEquals((await revoke(second)).status, 200);
});

Deno.test("a write cut off by a crash is ignored; another file is refused", async () => {
  const path = await Deno.makeTempFile();
  await Deno.remove(path);
  const put = (id: string, json: string | null) => ({ table: "t", id, json });
  const file = openLogFile(path);
  file.write([put("a", "1"), put("b", '"\u00e9"')]);
  file.write([put("c", "3"), put("a", null)]);
  file.close();
  const whole = await Deno.readTextFile(path);
  const [header = "", ...lines] = whole.split("\n").map((line) => `${line}\n`);
  const sizes = [whole.length, whole.length - 1, (header + lines[0]).length];
  const found = [];
  for (const size of [...sizes, sizes[2]! + 9, header.length]) {
    await Deno.writeTextFile(path, whole.slice(0, size));
    const cut = openLogFile(path);
    found.push(cut.rows().map(({ id }) => id).join(""));
    cut.close();
  }
  assertEquals(found, ["bc", "ab", "", "", ""]);
  for (const text of ["not ours\n", "SQLite format 3"]) {
    await Deno.writeTextFile(path, text);
    const reason = `Cannot use state file ${path}: it is not a state file`;
    assertThrows(() => openLogFile(path), Error, reason);
    assertEquals(await Deno.readTextFile(path), text);
  }
  await Deno.remove(path);
});

Deno.test("a response is a 500 if its changes could not be saved", async () => {
  let broken = false;
  const written: Change[] = [];
  const stateFile = {
    rows: () => [],
    write(changes: readonly Change[]) {
      if (broken) throw new Error("disk is full");
      written.push(...changes);
    },
    close() {},
  };
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const backend = new Backend({ stateFile, log }, []);
  const revoke = async () => {
    const url = "http://localhost/_local/revoke";
    const request = new Request(url, { method: "POST", body: "{}" });
    return (await handle(request, backend, "http://localhost")).status;
  };
  broken = true;
  assertEquals(await revoke(), 500);
  assert(lines.some((line) => line.includes("disk is full")));
  broken = false;
  assertEquals(await revoke(), 200);
  assertEquals(written.at(-1)?.table, "revocations");
});
