import { Signal } from "@preact/signals";
import { stringify } from "devalue";
import { isValidElement } from "preact";

/** An island module and where the browser finds it. */
export interface IslandModule {
  url: string;
  module: Record<string, unknown>;
}

/** One island: a function exported by an island module. */
export interface Island {
  url: string;
  /** Name of the export. */
  name: string;
}

const islands = new Map<unknown, Island>();

/** Makes every function that `module` exports an island. */
export function registerIslands({ url, module }: IslandModule): void {
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === "function") islands.set(value, { url, name });
  }
}

/** The island that `component` is, if it is one. */
export function islandOf(component: unknown): Island | undefined {
  return islands.get(component);
}

/** Encodes the props of a page's islands; throws on what would be lost. */
export function encodeProps(props: readonly unknown[]): string {
  return stringify(props, {
    Signal: (value: unknown) => value instanceof Signal && [value.peek()],
    Refused: refuse,
  });
}

function refuse(value: unknown): false {
  if (typeof value === "function") {
    throw new Error("Serializing functions is not supported.");
  }
  if (typeof value === "object" && value !== null && isValidElement(value)) {
    throw new Error("JSX in island props is not in the offline stand-in.");
  }
  return false;
}
