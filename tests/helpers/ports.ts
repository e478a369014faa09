/**
 * Assigns ports to servers of tests. A port stays reserved between finding it free
 * and listening on it.
 *
 * @module
 */
import { findFreePort } from "@/tools/processes.ts";

/** Below the range of ephemeral ports. */
const FIRST = 10_000;
const BLOCKS = 300;
const BLOCK_SIZE = 64;
/** Ports assigned per block; the others are spares for ports in use. */
const GIVEN_OUT = 40;

/** The process that listens on the first port of a block owns the block. */
const block = claimBlock();
let given = 0;

/** Returns a free port that no other test file gets. */
export function nextPort(): number {
  return findFreePort(block.addr.port + 1 + given++ % GIVEN_OUT);
}

function claimBlock(): Deno.TcpListener {
  const start = Math.floor(Math.random() * BLOCKS);
  for (let tries = 0;; tries++) {
    const port = FIRST + (start + tries) % BLOCKS * BLOCK_SIZE;
    try {
      return Deno.listen({ hostname: "127.0.0.1", port });
    } catch (error) {
      const taken = error instanceof Deno.errors.AddrInUse;
      if (!taken || tries === BLOCKS) throw error;
    }
  }
}
