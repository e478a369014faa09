import { Signal } from "@preact/signals";
import { stringify } from "devalue";
import { isValidElement } from "preact";

/** An island module and its file. */
export interface IslandModule {
  file: string;
  module: Record<string, unknown>;
}

/** One island: the export `name` of the module in `file`. */
export interface Island {
  file: string;
  name: string;
}

/** The islands, by component. */
export const islands = new Map<unknown, Island>();

/** Makes every function that `module` exports an island. */
export function registerIslands({ file, module }: IslandModule): void {
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === "function") islands.set(value, { file, name });
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
  if (isValidElement(value)) {
    throw new Error("JSX in island props is not in the offline stub.");
  }
  return false;
}
