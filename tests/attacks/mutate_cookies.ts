/**
 * Seeded mutations of genuine session cookies.
 *
 * @module
 */
import type { Session } from "@/packages/fresh-wix/src/session/session.ts";
import { withHeader } from "./forge.ts";
import { cookieLine } from "./sealed_cookies.ts";

/** A session and the cookies that hold it. */
export interface SealedSession {
  readonly session: Session;
  /** By name; the first one is the session cookie itself. */
  readonly parts: ReadonlyMap<string, string>;
}

/** A `Cookie` header, and the only sessions that may come out of it. */
export interface Mutation {
  readonly title: string;
  readonly line: string;
  readonly allowed: readonly Session[];
}

/** Draws mutations of `genuine`; `foreign` are values that must never open. */
export function createMutator(
  { genuine, foreign, name, random }: {
    genuine: readonly SealedSession[];
    foreign: readonly string[];
    name: string;
    random: () => number;
  },
): () => Mutation {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)];
    if (item === undefined) throw new RangeError("Nothing to pick from");
    return item;
  };
  const valueOf = ({ parts }: SealedSession) => parts.get(name) ?? "";

  /** Text is changed anywhere in the header: names and separators too. */
  const textual = (
    title: string,
    change: (line: string) => string,
  ) =>
  (): Mutation => {
    const { session, parts } = pick(genuine);
    return { title, line: change(cookieLine(parts)), allowed: [session] };
  };

  const flipBits = textual("bits flipped", (line) => {
    const bytes = Array.from(line, (character) => character.charCodeAt(0));
    for (let count = 1 + below(3); count > 0; count--) {
      const at = below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    }
    return String.fromCharCode(...bytes);
  });
  const cut = textual("cut", (line) => line.slice(0, below(line.length)));
  const cutOut = textual("a piece cut out", (line) => {
    const at = below(line.length);
    return line.slice(0, at) + line.slice(at + 1 + below(40));
  });
  const repeat = textual("a piece repeated", (line) => {
    const at = below(line.length);
    return line.slice(0, at) + line.slice(Math.max(0, at - 1 - below(300)));
  });
  const insert = textual("something inserted", (line) => {
    const at = below(line.length);
    const what = pick([
      ...[".", "..", "~", "2~", ";", "; ", "=", ",", " ", "%2E", '"', "A", "-"],
      ...["\t", "\u00e9", `${name}=`, `; ${name}=`, `; ${name}.1=`, "eyJ"],
    ]);
    return line.slice(0, at) + what + line.slice(at);
  });
  const recase = textual("the case of a piece changed", (line) => {
    const at = below(line.length);
    const end = at + 1 + below(20);
    return line.slice(0, at) + line.slice(at, end).toUpperCase() +
      line.slice(end);
  });

  const swapParts = (): Mutation => {
    const [one, two] = [pick(genuine), pick(genuine)];
    const pieces = valueOf(one).split(".");
    const others = valueOf(two).split(".");
    for (let count = 1 + below(3); count > 0; count--) {
      const at = below(5);
      pieces[at] = others[random() < 0.8 ? at : below(5)] ?? "";
    }
    const line = cookieLine(new Map([...one.parts, [name, pieces.join(".")]]));
    return {
      title: "pieces of the seal swapped",
      line,
      allowed: [one.session, two.session],
    };
  };

  const shuffleChunks = (): Mutation => {
    const [one, two] = [pick(genuine), pick(genuine)];
    const cookies = [...one.parts, ...two.parts];
    const line = cookieLine(
      Array.from({ length: 1 + below(6) }, () => {
        const [partName] = pick(cookies);
        const [, value] = pick(cookies);
        const [keptName, keptValue] = pick(cookies);
        return random() < 0.5
          ? [partName, value] as const
          : [keptName, keptValue] as const;
      }),
    );
    return {
      title: "parts of two sessions mixed",
      line,
      allowed: [one.session, two.session],
    };
  };

  const announce = (): Mutation => {
    const { session, parts } = pick(genuine);
    const value = `${pick(["0", "1", "2", "3", "4", "5", "9", "00", "-"])}~` +
      valueOf({ session, parts }).replace(/^\d~/, "");
    return {
      title: "another number of parts announced",
      line: cookieLine(new Map([...parts, [name, value]])),
      allowed: [session],
    };
  };

  const editHeader = (): Mutation => {
    const { session, parts } = pick(genuine);
    const header = {
      alg: pick(["dir", "none", "A256KW", "RSA-OAEP", "PBES2-HS256+A128KW"]),
      enc: pick(["A256GCM", "A128GCM", "A256CBC-HS512", "none"]),
      kid: pick([null, "", "__proto__", "x", 1, {}, []]),
      ...pick([{}, { zip: "DEF" }, { crit: ["exp"] }, { p2c: 1e9, p2s: "AA" }]),
    };
    const value = withHeader(valueOf({ session, parts }), header);
    return {
      title: "another header",
      line: cookieLine(new Map([...parts, [name, value]])),
      allowed: [session],
    };
  };

  const concatenate = (): Mutation => {
    const [one, two] = [pick(genuine), pick(genuine)];
    const joiner = pick([
      ...["", ".", "~", ",", ", ", " ", "; ", `; ${name}=`, `; ${name}.1=`],
    ]);
    const line = `${name}=${valueOf(one)}${joiner}${valueOf(two)}`;
    return {
      title: "two values joined",
      line,
      allowed: [one.session, two.session],
    };
  };

  const pasteForeign = (): Mutation => ({
    title: "a value sealed for something else",
    line: `${name}=${pick(foreign)}`,
    allowed: [],
  });

  const mutations = [
    ...[flipBits, flipBits, cut, cutOut, repeat, insert, insert, recase],
    ...[swapParts, shuffleChunks, announce, editHeader, concatenate],
    ...[pasteForeign],
  ];
  return () => pick(mutations)();
}
