/**
 * Ports for servers that are told where to listen. Between the moment when a
 * port is found free and the one when a server takes it, nobody else may.
 *
 * @module
 */
import { findFreePort } from "@/tools/processes.ts";

/** Below the ports that systems give to whoever asks for any. */
const FIRST = 10_000;
const BLOCKS = 300;
const BLOCK_SIZE = 64;
/** How many of a block are given out; the others are for ports that are taken. */
const GIVEN_OUT = 40;

/** Whoever listens on the first port of a block owns it, as long as they run. */
const block = claimBlock();
let given = 0;

/** Returns a port that is free, and that no other test file will be given. */
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
