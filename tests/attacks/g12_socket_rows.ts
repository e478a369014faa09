/**
 * G12: the rows of the catalogue against the built server, as bytes on a socket.
 *
 * @module
 */
import { firstProblem } from "./always.ts";
import { SECRET, SocketBench } from "./socket_bench.ts";
import { tryLogout } from "./socket_logout.ts";
import { tryPages } from "./socket_pages.ts";
import type { Suite } from "./suite.ts";

/** Rows T, C, X and H; rows R are over a socket in G1. */
export const suite: Suite = {
  goal: "G12",
  title: "rows T, C, X, H over a socket",
  async run(report) {
    await using bench = await SocketBench.start();
    await tryLogout(report, bench);
    await tryPages(report, bench);
    const output = bench.output();
    report.case(
      "S4 nothing secret in the log of all of this",
      firstProblem(
        /JWS\.|\beyJ[\w-]{10,}/.test(output) && "a token or sealed value",
        output.includes(SECRET) && "the secret",
        output.includes("evilmarker") && "something from a request",
      ),
    );
    report.figure(`${bench.calls.length} calls to Wix`);
  },
};
