import { STATUS_CODES } from "node:http";

/** Reason phrases by status. */
export const STATUS_TEXT: Readonly<Record<number, string | undefined>> = {
  ...STATUS_CODES,
  // Where @std/http words them differently than Node.
  203: "Non Authoritative Info",
  413: "Content Too Large",
  418: "I'm a teapot",
};
