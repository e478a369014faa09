import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type LocalWix, peopleUpTo } from "../src/mod.ts";
import {
  at,
  claims,
  get,
  memberTokens,
  post,
  refresh,
  textAt,
  type TokenPair,
  tokensIn,
} from "./helpers/http.ts";

const IMPORTS = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
const MY = "/members/v1/members/my";
const WRITERS = 4;
/** `KILLS=100 deno test …` for a long run, `KILL_SEED` for another one. */
const KILLS = Number(Deno.env.get("KILLS") ?? 4);
const SEED = Number(Deno.env.get("KILL_SEED") ?? 1);

Deno.test(`a process killed while it writes keeps what it has acknowledged (${KILLS} times, seed ${SEED})`, async () => {
  const folder = await Deno.makeTempDir();
  const state = `${folder}/state.db`;
  const numbers = fc.sample(fc.integer({ min: 1, max: 60 }), {
    numRuns: KILLS,
    seed: SEED,
  });
  let server = await startProcess(state);
  try {
    await post(server.wix, "/_local/settings", { rotation: "strict" });
    const accounts = peopleUpTo(WRITERS).map(({ email }) => email);
    const writers = await Promise.all(
      accounts.map(async (email) =>
        new Writer(email, await memberTokens(server.wix, email))
      ),
    );
    for (const number of numbers) {
      let left = number;
      const killed = Promise.withResolvers<void>();
      const acknowledged = () => {
        if (left-- === 0) server.kill(killed.resolve);
      };
      const { wix } = server;
      await Promise.all(writers.map((writer) => writer.run(wix, acknowledged)));
      await killed.promise;
      server = await startProcess(state);
      for (const writer of writers) await writer.check(server.wix);
    }
    assert(writers.every(({ acknowledged }) => acknowledged > 0));
  } finally {
    const ended = Promise.withResolvers<void>();
    server.kill(ended.resolve);
    await ended.promise;
    await Deno.remove(folder, { recursive: true });
  }
});

/** Renames its member and refreshes its tokens, until the server is gone. */
class Writer {
  acknowledged = 0;
  #sent = 0;
  #tokens: TokenPair;
  #spent: string[] = [];
  /** A refresh without a response: it may have taken effect. */
  #isUncertain = false;

  constructor(readonly email: string, tokens: TokenPair) {
    this.#tokens = tokens;
  }

  async run(wix: LocalWix, acknowledged: () => void): Promise<void> {
    try {
      for (;;) {
        await this.#rename(wix);
        acknowledged();
        await this.#refresh(wix);
        acknowledged();
      }
    } catch (error) {
      // What a connection that breaks is, to fetch.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Compares what is there now with what was acknowledged. */
  async check(wix: LocalWix): Promise<void> {
    const { access: authorization } = this.#tokens;
    const { status, body } = await get(wix, MY, { authorization });
    assertEquals(status, 200);
    const kept = Number(at(body, "member.profile.nickname")) || 0;
    assert(
      kept >= this.acknowledged && kept <= this.#sent,
      `kept ${kept} of ${this.acknowledged} acknowledged, ${this.#sent} sent`,
    );
    for (const token of this.#spent.splice(0)) {
      assertEquals((await refresh(wix, token)).status, 400);
    }
    if (!this.#isUncertain) return;
    this.#isUncertain = false;
    this.#tokens = await memberTokens(wix, this.email);
  }

  async #rename(wix: LocalWix): Promise<void> {
    const { access: authorization } = this.#tokens;
    const number = ++this.#sent;
    const id = textAt(claims(authorization), "siteMemberId");
    const response = await fetch(`${wix.origin}/members/v1/members/${id}`, {
      method: "PATCH",
      headers: { authorization },
      body: JSON.stringify({ member: { profile: { nickname: `${number}` } } }),
    });
    await response.body?.cancel();
    assertEquals(response.status, 200);
    this.acknowledged = number;
  }

  async #refresh(wix: LocalWix): Promise<void> {
    const { refresh: used } = this.#tokens;
    this.#isUncertain = true;
    const reply = await refresh(wix, used);
    assertEquals(reply.status, 200);
    this.#isUncertain = false;
    this.#spent.push(used);
    this.#tokens = tokensIn(reply);
  }
}

interface ServerProcess {
  readonly wix: LocalWix;
  kill(done: () => void): void;
}

async function startProcess(state: string): Promise<ServerProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-config",
      `--import-map=${IMPORTS}`,
      "--no-prompt",
      "--allow-net=127.0.0.1",
      `--allow-read=${state}`,
      `--allow-write=${state}`,
      MAIN,
      "--port=0",
      "--quiet",
      `--state=${state}`,
    ],
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await lines.read();
  const origin = value.trim().split(" ").at(-1) ?? "";
  return {
    // The helpers need to know no more of it.
    wix: { origin } as LocalWix,
    kill(done) {
      child.kill("SIGKILL");
      child.status.then(() => lines.cancel()).then(done);
    },
  };
}
