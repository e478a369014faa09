/**
 * Rows C over a socket: answers to logins that nobody began here, that are
 * incomplete or twofold, or that Wix's token endpoint refuses.
 *
 * @module
 */
import { SITE } from "@/packages/local-wix/src/mod.ts";
import { alwaysProblem, firstProblem } from "./always.ts";
import { CALLBACK, changed, MARK, param } from "./callback_requests.ts";
import {
  identityOf,
  type PendingCallback,
  pendingCallback,
} from "./login_over_wire.ts";
import type { SocketBench } from "./socket_bench.ts";
import type { Report } from "./suite.ts";
import {
  sendWith,
  type WireAnswer,
  WireJar,
  type WireRequest,
} from "./wire.ts";

/** Tries every row; those that must be refused as a visitor and as a member. */
export async function tryCallbackRows(
  report: Report,
  bench: SocketBench,
): Promise<void> {
  for (const row of REFUSED) {
    for (const who of ["visitor", "member"] as const) {
      report.case(
        `${row.id} ${row.title}, as a ${who}`,
        await refusedRowProblem(bench, row, who),
      );
    }
  }
}

interface RefusedRow {
  readonly id: string;
  readonly title: string;
  /** Makes the request out of a genuine answer of Wix. */
  request(pending: PendingCallback, other: PendingCallback): WireRequest;
  /** How often the code may be taken to Wix. Default 0. */
  readonly maxTokenCalls?: number;
  /** Whether the request is about a transaction of this browser. */
  readonly spendsTransaction?: boolean;
  /** Lets Wix's token endpoint answer something else. */
  prepare?(bench: SocketBench): Promise<void> | void;
  /** Default 400. */
  readonly statuses?: readonly number[];
}

const REFUSED: readonly RefusedRow[] = [
  {
    id: "C1",
    title: "no state",
    request: (pending) => changed(pending, { state: undefined }),
  },
  { id: "C1", title: "no query", request: () => ({ target: CALLBACK }) },
  {
    id: "C2",
    title: "the state of a login that began elsewhere",
    request: (_, other) => ({ target: other.target }),
  },
  {
    id: "C4",
    title: "a state whose last character differs",
    request: (pending) => {
      const state = param(pending, "state");
      const last = state.endsWith("A") ? "B" : "A";
      return changed(pending, { state: state.slice(0, -1) + last });
    },
  },
  {
    id: "C4",
    title: "a state in another case",
    request: (pending) =>
      changed(pending, { state: swapCase(param(pending, "state")) }),
  },
  {
    id: "C4",
    title: "a state with a trailing space",
    request: (pending) =>
      changed(pending, { state: `${param(pending, "state")} ` }),
  },
  {
    id: "C5",
    title: "the state twice",
    request: (pending) => {
      const state = param(pending, "state");
      return changed(pending, { state: [state, state] });
    },
  },
  {
    id: "C5",
    title: "the state, then another",
    request: (pending) =>
      changed(pending, { state: [param(pending, "state"), "A".repeat(43)] }),
  },
  {
    id: "C5",
    title: "the code twice",
    request: (pending) => {
      const code = param(pending, "code");
      return changed(pending, { code: [code, code] });
    },
    spendsTransaction: true,
  },
  {
    id: "C6",
    title: "no code",
    request: (pending) => changed(pending, { code: undefined }),
    spendsTransaction: true,
  },
  {
    id: "C6",
    title: "an empty code",
    request: (pending) => changed(pending, { code: "" }),
    spendsTransaction: true,
  },
  {
    id: "C6",
    title: "a code of 100 KB",
    request: (pending) => changed(pending, { code: "c".repeat(100_000) }),
    statuses: [400, 414, 431],
  },
  {
    id: "C6",
    title: "a code of 50 KB",
    request: (pending) => changed(pending, { code: "c".repeat(50_000) }),
    maxTokenCalls: 1,
    spendsTransaction: true,
  },
  {
    id: "C13",
    title: "error=access_denied with another state",
    request: () => ({
      target: `${CALLBACK}?error=access_denied&state=${"A".repeat(43)}`,
    }),
  },
  {
    id: "C14",
    title: "an error_description with a script, no state",
    request: () => ({
      target: `${CALLBACK}?error=x&error_description=%3Cscript%3E${MARK}`,
    }),
  },
  {
    id: "C14",
    title: "an error_description with a script, right state",
    request: (pending) =>
      changed(pending, {
        code: undefined,
        error: "server_error",
        error_description: `<script>${MARK}</script>`,
      }),
    spendsTransaction: true,
  },
  {
    id: "C16",
    title: "a code that Wix does not know",
    request: (pending) => changed(pending, { code: "JWS.of-another-client" }),
    maxTokenCalls: 1,
    spendsTransaction: true,
  },
  {
    id: "C17",
    title: "the code of another login",
    request: (pending, other) =>
      changed(pending, { code: param(other, "code") }),
    maxTokenCalls: 1,
    spendsTransaction: true,
  },
  {
    id: "C18",
    title: "tokens without refresh_token",
    request: ({ target }) => ({ target }),
    prepare: ({ wix }) =>
      wix.controls.failNext("authorization_code", {
        kind: "fields",
        omit: ["refresh_token"],
      }),
    maxTokenCalls: 1,
    spendsTransaction: true,
  },
  {
    id: "C18",
    title: "a visitor's tokens",
    request: ({ target }) => ({ target }),
    prepare: async ({ wix }) =>
      wix.controls.failNext("authorization_code", {
        status: 200,
        body: await visitorTokens(wix.origin),
      }),
    maxTokenCalls: 1,
    spendsTransaction: true,
  },
  {
    id: "C20",
    title: "on another host name, whose cookies are others",
    request: (_, { target }) => ({ target, host: "evil.com" }),
  },
  {
    id: "C21",
    title: "posted as a form",
    request: ({ callback }) => ({
      method: "POST",
      target: CALLBACK,
      headers: [["Content-Type", "application/x-www-form-urlencoded"]],
      body: callback.search.slice(1),
    }),
    statuses: [403, 404, 405],
  },
  {
    id: "C21",
    title: "posted with the query",
    request: ({ target }) => ({
      method: "POST",
      target,
      headers: [["Origin", "https://evil.com"]],
      body: "",
    }),
    statuses: [403, 404, 405],
  },
];

async function refusedRowProblem(
  bench: SocketBench,
  row: RefusedRow,
  who: "visitor" | "member",
): Promise<string | undefined> {
  const { maxTokenCalls = 0, statuses = [400] } = row;
  const jar = who === "member" ? await bench.member() : new WireJar();
  const pending = await pendingCallback(bench.origin, jar);
  const other = await pendingCallback(bench.origin, new WireJar());
  await row.prepare?.(bench);
  const sessionBefore = jar.get("wix_session");
  const callsBefore = bench.tokenCalls;
  const answer = await sendWith(jar, bench.origin, row.request(pending, other));
  const calls = bench.tokenCalls - callsBefore;
  const { kind } = await identityOf(bench.origin, jar);
  bench.wix.controls.clearFaults();
  const transactionsLeft =
    jar.names().filter((name) => name.startsWith("wix_login.")).length;
  return firstProblem(
    !statuses.includes(answer.status) && `status ${answer.status}`,
    answer.headers.has("location") && "a redirect",
    calls > maxTokenCalls && `${calls} token calls`,
    jar.get("wix_session") !== sessionBefore && "the session changed",
    kind !== who && `a ${kind} afterwards`,
    row.spendsTransaction === true && transactionsLeft > 0 &&
      "the transaction can be used again",
    // The server's own refusals have no headers of ours.
    answer.body !== "" && cacheOf(answer) !== "private, no-store" &&
      `Cache-Control: ${cacheOf(answer)}`,
    alwaysProblem(answer, {
      inputs: [MARK, param(pending, "code"), param(other, "code")],
    }),
    alwaysProblem(answer, { inputs: [param(pending, "state")] }),
  );
}

const cacheOf = ({ headers }: WireAnswer) => headers.get("cache-control");

function swapCase(text: string): string {
  return text.replace(
    /[a-z]/gi,
    (letter) =>
      letter === letter.toLowerCase()
        ? letter.toUpperCase()
        : letter.toLowerCase(),
  );
}

async function visitorTokens(wixOrigin: string): Promise<unknown> {
  const answer = await fetch(`${wixOrigin}/oauth2/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: SITE.clientId, grantType: "anonymous" }),
  });
  return await answer.json();
}
