import { assert, assertEquals } from "@std/assert";
import { type LocalWix, peopleUpTo } from "../src/mod.ts";
import {
  at,
  get,
  memberTokens,
  post,
  refresh,
  type TokenPair,
  tokensIn,
} from "./helpers/http.ts";
import { Random } from "./helpers/random.ts";

const IMPORTS = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
const MY = "/members/v1/members/my";
const WRITERS = 4;
/** `KILLS=100 deno test …` for a long run, `KILL_SEED` for another one. */
const KILLS = Number(Deno.env.get("KILLS") ?? 4);
const SEED = Number(Deno.env.get("KILL_SEED") ?? 1);

Deno.test(`a process killed while it writes keeps what it has answered (${KILLS} times, seed ${SEED})`, async () => {
  const folder = await Deno.makeTempDir();
  const state = `${folder}/state.db`;
  const random = new Random(SEED);
  let server = await startProcess(state);
  try {
    await post(server.wix, "/_local/settings", { rotation: "strict" });
    const accounts = peopleUpTo(WRITERS).map(({ email }) => email);
    const writers = await Promise.all(
      accounts.map(async (email) =>
        new Writer(email, await memberTokens(server.wix, email))
      ),
    );
    for (let kill = 0; kill < KILLS; kill++) {
      let left = random.integer(1, 60);
      const killed = Promise.withResolvers<void>();
      const answered = () => {
        if (left-- === 0) server.kill(killed.resolve);
      };
      const { wix } = server;
      await Promise.all(writers.map((writer) => writer.run(wix, answered)));
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

/** Renames its member and renews its tokens, until the server is gone. */
class Writer {
  acknowledged = 0;
  #sent = 0;
  #tokens: TokenPair;
  #spent: string[] = [];
  /** A refresh that was sent and not answered: it may have taken effect. */
  #doubtful = false;

  constructor(readonly email: string, tokens: TokenPair) {
    this.#tokens = tokens;
  }

  async run(wix: LocalWix, answered: () => void): Promise<void> {
    try {
      for (;;) {
        await this.#rename(wix);
        answered();
        await this.#renew(wix);
        answered();
      }
    } catch (error) {
      // What a connection that breaks is, to fetch.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  /** Compares what is there now with what was answered. */
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
    if (!this.#doubtful) return;
    this.#doubtful = false;
    this.#tokens = await memberTokens(wix, this.email);
  }

  async #rename(wix: LocalWix): Promise<void> {
    const { access: authorization } = this.#tokens;
    const number = ++this.#sent;
    const id = memberIdOf(authorization);
    const response = await fetch(`${wix.origin}/members/v1/members/${id}`, {
      method: "PATCH",
      headers: { authorization },
      body: JSON.stringify({ member: { profile: { nickname: `${number}` } } }),
    });
    await response.body?.cancel();
    assertEquals(response.status, 200);
    this.acknowledged = number;
  }

  async #renew(wix: LocalWix): Promise<void> {
    const { refresh: used } = this.#tokens;
    this.#doubtful = true;
    const answer = await refresh(wix, used);
    assertEquals(answer.status, 200);
    this.#doubtful = false;
    this.#spent.push(used);
    this.#tokens = tokensIn(answer);
  }
}

function memberIdOf(access: string): string {
  const payload = access.split(".")[3] ?? "";
  const { data } = JSON.parse(
    new TextDecoder().decode(Uint8Array.fromBase64(payload, {
      alphabet: "base64url",
    })),
  );
  return JSON.parse(data).instance.siteMemberId;
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
