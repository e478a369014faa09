import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Backend } from "../src/backend.ts";
import { handle } from "../src/handler.ts";
import { type LocalWixOptions, SITE, startLocalWix } from "../src/mod.ts";
import { type Change, State } from "../src/state/tables.ts";
import { openSqliteFile } from "../src/state/sqlite_file.ts";
import {
  at,
  codeGrant,
  get,
  memberTokens,
  pageUrl,
  post,
  refresh,
  token,
  tokensIn,
} from "./helpers/http.ts";

const ANN_ID = "00000001-0000-4000-8000-000000000001";
const ANN = `/members/v1/members/${ANN_ID}`;
const MY = "/members/v1/members/my";

/** A local Wix that can be ended and started again with the same state. */
async function withStateFile(
  run: (
    start: (options?: LocalWixOptions) => ReturnType<typeof startLocalWix>,
    path: string,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const statePath = `${folder}/state.db`;
  try {
    const start = (options = {}) =>
      startLocalWix({ port: 0, statePath, ...options });
    await run(start, statePath);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function rename(
  origin: string,
  authorization: string,
  nickname: string,
): Promise<number> {
  const response = await fetch(origin + ANN, {
    method: "PATCH",
    headers: { authorization },
    body: JSON.stringify({ member: { profile: { nickname } } }),
  });
  await response.body?.cancel();
  return response.status;
}

Deno.test("a state file keeps what members changed over a restart", () =>
  withStateFile(async (start) => {
    const first = await start();
    const { access: authorization } = await memberTokens(first);
    assertEquals(await rename(first.origin, authorization, "Annie"), 200);
    await first.close();
    await using second = await start();
    const { body } = await get(second, MY, { authorization });
    assertEquals(at(body, "member.profile.nickname"), "Annie");
  }));

Deno.test("a state file keeps revocations, sessions that ended and spent tokens", () =>
  withStateFile(async (start) => {
    const first = await start({ rotation: "strict" });
    const spent = (await memberTokens(first)).refresh;
    const live = tokensIn(await refresh(first, spent)).refresh;
    const revoked = (await memberTokens(first, "ben@demo.example")).refresh;
    const benId = ANN_ID.replace(/1$/, "2");
    first.controls.revokeRefreshTokens(benId);
    const { access } = await memberTokens(first);
    const logout = {
      logout: { clientId: "00000000-0000-4000-8000-000000000001" },
    };
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
  }));

Deno.test("a state file keeps settings, and reset goes back to the options", () =>
  withStateFile(async (start) => {
    const first = await start({ accessTokenSeconds: 90 });
    first.controls.rotation = "strict";
    first.controls.clockOffsetSeconds = 60;
    await first.close();
    const second = await start({ accessTokenSeconds: 120 });
    assertEquals(second.controls.rotation, "strict");
    assertEquals(second.controls.clockOffsetSeconds, 60);
    assertEquals(second.controls.accessTokenSeconds, 120);
    second.controls.reset();
    await second.close();
    await using third = await start();
    assertEquals(third.controls.rotation, "grace");
    assertEquals(third.controls.clockOffsetSeconds, 0);
  }));

Deno.test("a state file never gets an id of an earlier run again", () =>
  withStateFile(async (start) => {
    const ids: unknown[] = [];
    for (const email of ["one@x.example", "two@x.example", "three@x.example"]) {
      const wix = await start({ deterministic: "a" });
      const { body } = await post(
        wix,
        "/members/v1/members",
        { member: { loginEmail: email } },
        { authorization: SITE.apiKey, "wix-site-id": SITE.siteId },
      );
      ids.push(at(body, "member.id"));
      await wix.close();
    }
    assertEquals(new Set(ids).size, 3);
  }));

Deno.test("a state file keeps a login that is under way", () =>
  withStateFile(async (start) => {
    const first = await start();
    const grant = await codeGrant(first);
    await first.close();
    await using second = await start();
    assertEquals((await token(second, grant)).status, 200);
    assertEquals((await token(second, grant)).status, 400);
  }));

Deno.test("tokens issued after a restart count, whatever was revoked before", () =>
  withStateFile(async (start) => {
    const now = () => Date.parse("2026-11-22T12:00:00Z");
    const first = await start({ now });
    for (let i = 0; i < 50; i++) first.controls.revokeRefreshTokens();
    await first.close();
    await using second = await start({ now });
    const { refresh: later } = await memberTokens(second);
    assertEquals((await refresh(second, later)).status, 200);
  }));

Deno.test("members keep their order, and a seed counts for a new file only", () =>
  withStateFile(async (start) => {
    const first = await start({ memberCount: 5 });
    const { access } = await memberTokens(first);
    await rename(first.origin, access, "Last?");
    await first.close();
    await using second = await start({ memberCount: 60 });
    const { body } = await get(second, "/_local/overview");
    assertEquals(at(body, "members.length"), 5);
    assertEquals(at(body, "members.0.email"), "ann@demo.example");
  }));

Deno.test("a state file that is in use, or of another kind, is refused by name", () =>
  withStateFile(async (start, path) => {
    await using _first = await start();
    await assertRejects(start, Error, `${path}: another process is using it`);
    const text = `${path}.txt`;
    await Deno.writeTextFile(
      text,
      "not a database, but long enough".repeat(99),
    );
    assertThrows(
      () => openSqliteFile(text),
      Error,
      `Cannot use state file ${text}: file is not a database`,
    );
    const other = `${path}.other`;
    using database = new DatabaseSync(other);
    database.exec("CREATE TABLE mine (x)");
    assertThrows(() => openSqliteFile(other), Error, "of another program");
    const later = `${path}.later`;
    openSqliteFile(later).close();
    const future = new DatabaseSync(later);
    future.exec("PRAGMA user_version = 3");
    future.close();
    assertThrows(() => openSqliteFile(later), Error, "format 3, and this");
  }));

Deno.test("a response is a 500 when its changes could not be kept", async () => {
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
  const send = () =>
    handle(
      new Request("http://localhost/_local/revoke", {
        method: "POST",
        body: "{}",
      }),
      backend,
      "http://localhost",
    );
  broken = true;
  assertEquals((await send()).status, 500);
  assert(lines.some((line) => line.includes("disk is full")));
  broken = false;
  assertEquals((await send()).status, 200);
  assertEquals(written.at(-1)?.table, "revocations");
});

Deno.test("a table with a limit ends its oldest row", () => {
  const table = new State().table<number>("numbers", 2);
  table.set("a", 1).set("b", 2).set("a", 3).set("c", 4);
  assertEquals([...table], [["b", 2], ["c", 4]]);
});
