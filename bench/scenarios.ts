/**
 * What people do, as the benchmark repeats it.
 *
 * @module
 */

/** Who makes the requests. */
export type Visitor = "nobody" | "visitor" | "member" | "member-expired";

/** One kind of request. */
export interface Scenario {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  readonly path: string;
  readonly as: Visitor;
  /** A text that every right answer has in it. */
  readonly marker: string;
  /** Calls to Wix that each request makes; 0 leaves Wix's latency out. */
  readonly upstreamCalls: number;
  /** The least share of another server's requests per second. */
  readonly wanted?: {
    readonly of: "reference" | "stepless";
    readonly share: number;
  };
}

/** The load by which budgets are judged. */
export const JUDGED = { connections: 16, latencyMilliseconds: 0 } as const;

/** All scenarios, in the order in which they are measured. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "static",
    title: "static asset",
    path: "/styles.css",
    as: "nobody",
    marker: ".site-header",
    upstreamCalls: 0,
  },
  {
    name: "home",
    title: "returning visitor, page without Wix calls",
    path: "/",
    as: "visitor",
    marker: "with a session of your own",
    upstreamCalls: 0,
    wanted: { of: "stepless", share: 0.95 },
  },
  {
    name: "first-visit",
    title: "first visit, page that calls Wix once",
    path: "/members",
    as: "nobody",
    marker: "<span>Visitor</span>",
    upstreamCalls: 2,
  },
  {
    name: "members",
    title: "returning visitor, members page",
    path: "/members",
    as: "visitor",
    marker: "<bdi>Ann</bdi>",
    upstreamCalls: 1,
    wanted: { of: "reference", share: 0.8 },
  },
  {
    name: "orders",
    title: "member, orders page",
    path: "/account/orders",
    as: "member",
    marker: "<span>Ann</span>",
    upstreamCalls: 1,
    wanted: { of: "reference", share: 0.8 },
  },
  {
    name: "elevated",
    title: "a refused and an elevated call",
    path: "/elevation",
    as: "visitor",
    marker: "<dt>Currency</dt>",
    upstreamCalls: 2,
    wanted: { of: "reference", share: 0.8 },
  },
  {
    name: "endpoint",
    title: "elevated endpoint, answer kept",
    path: "/api/site-properties",
    as: "visitor",
    marker: '"paymentCurrency"',
    upstreamCalls: 0,
  },
  {
    name: "expired",
    title: "member with an expired token, orders page",
    path: "/account/orders",
    as: "member-expired",
    marker: "<span>Ann</span>",
    upstreamCalls: 2,
  },
];
