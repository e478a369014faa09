import { Signal } from "@preact/signals";
import { stringify } from "devalue";
import { isValidElement } from "preact";

/** An island module and where the browser finds it. */
export interface IslandModule {
  url: string;
  module: Record<string, unknown>;
}

/** One island: the export `name` of the module at `url`. */
export interface Island {
  url: string;
  name: string;
}

/** The islands, by component. */
export const islands = new Map<unknown, Island>();

/** Makes every function that `module` exports an island. */
export function registerIslands({ url, module }: IslandModule): void {
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === "function") islands.set(value, { url, name });
  }
}

/** Encodes props as a JavaScript string; throws on what would be lost. */
export function encodeProps(props: readonly unknown[]): string {
  const text = stringify(props, {
    Signal: (value: unknown) => value instanceof Signal && [value.peek()],
    Refused: refuse,
  });
  // `<` would let a prop end the script element.
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}

function refuse(value: unknown): false {
  if (typeof value === "function") {
    throw new Error("Serializing functions is not supported.");
  }
  if (Object(value) === value && isValidElement(Object(value))) {
    throw new Error("JSX in island props is not in the offline stand-in.");
  }
  return false;
}
