import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { wait } from "../wait.ts";

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;

const MEBIBYTE = 1024 * 1024;
const FILLING = new TextEncoder().encode("x".repeat(MEBIBYTE));
const HEAD = new TextEncoder().encode('{"message":"');
const TAIL = new TextEncoder().encode('"}');

/** Sends `text`, then breaks the connection: the server sees to that. */
export function broken(text = ""): Body {
  const chunks = text === "" ? [] : [new TextEncoder().encode(text)];
  return lazily((controller) => {
    const chunk = chunks.shift();
    if (chunk) controller.enqueue(chunk);
    else controller.error(new Error("Broken by a test"));
  });
}

/** Sends `text` byte by byte, over `milliseconds` or a little more. */
export function trickling(
  text: string,
  milliseconds: number,
  closing: AbortSignal,
): Body {
  const bytes = new TextEncoder().encode(text);
  const pause = Math.ceil(milliseconds / (bytes.length - 1));
  let sent = 0;
  return lazily(async (controller) => {
    if (sent > 0) await wait(pause, closing);
    if (closing.aborted) return controller.error(new Error("Server closes"));
    controller.enqueue(bytes.slice(sent, ++sent));
    if (sent === bytes.length) controller.close();
  });
}

/** JSON with one string of `mebibytes`, which may be `Infinity`. */
export function huge(mebibytes: number): Body {
  let left = mebibytes;
  return new ReadableStream({
    start: (controller) => controller.enqueue(HEAD),
    pull(controller) {
      if (left-- > 0) return controller.enqueue(FILLING);
      controller.enqueue(TAIL);
      controller.close();
    },
  });
}

/** The same as {@linkcode huge}, compressed to a thousandth. */
export function gzipped(mebibytes: number): Uint8Array<ArrayBuffer> {
  const filling = Array.from({ length: mebibytes }, () => FILLING);
  return new Uint8Array(gzipSync(Buffer.concat([HEAD, ...filling, TAIL])));
}

function lazily(
  pull: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>["pull"],
): Body {
  return new ReadableStream({ ...(pull && { pull }) }, { highWaterMark: 0 });
}
