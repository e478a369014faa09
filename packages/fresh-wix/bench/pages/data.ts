/**
 * What the measured pages show. This file is copied into both sites, so that
 * both make the same calls with the same options.
 *
 * @module
 */
import { siteProperties } from "@wix/business-tools";
import { orders } from "@wix/ecom";
import { auth } from "@wix/essentials";
import { members } from "@wix/members";
import { getScaledToFillImageUrl } from "@wix/sdk/media";

const LENGTH = 20;

/** The page without Wix data. */
export const CARDS = Array.from({ length: 6 }, (_, index) => ({
  href: `/card/${index + 1}`,
  title: `Card ${index + 1}`,
  text: "A paragraph of the length that a start page usually has for each of " +
    "its topics, with a link to more about it.",
  code: [
    `const { items } = await collection${index}.query().limit(20).find();`,
    `const names = items.map((item) => item.profile?.nickname ?? "Member");`,
    `return page({ names, total: items.length > 0 ? items.length : "none" });`,
  ].join("\n"),
}));

/** Returns 20 members with public profiles. */
export async function listMembers() {
  const { items } = await members.queryMembers().limit(LENGTH).find();
  return items.map(({ _id, profile }) => ({
    id: _id ?? "",
    name: profile?.nickname ?? profile?.slug ?? "Member",
    title: profile?.title ?? "",
    image: squareImage(profile?.photo?.url, 96),
  }));
}

/** Returns the current member's newest 20 orders. */
export async function listOrders() {
  const found = await orders.searchOrders({
    filter: {},
    sort: [{ fieldName: "_createdDate", order: orders.SortOrder.DESC }],
    cursorPaging: { limit: LENGTH },
  });
  return (found.orders ?? []).map((order) => {
    const items = order.lineItems ?? [];
    return {
      id: order._id ?? "",
      number: order.number ?? "",
      createdAt: new Date(order._createdDate ?? 0).toISOString(),
      paymentStatus: order.paymentStatus ?? "",
      fulfillmentStatus: order.fulfillmentStatus ?? "",
      total: order.priceSummary?.total?.formattedAmount ?? "",
      items: items.map(({ quantity, productName }) =>
        `${quantity} × ${productName?.original}`
      ).join(", "),
      images: items.slice(0, 3).map(({ image }) => squareImage(image, 128)),
    };
  });
}

/** Returns how Wix refuses a call, and what the elevated call returns. */
export async function readProperties() {
  const { getSiteProperties } = siteProperties;
  const [refused, { properties }] = await Promise.all([
    getSiteProperties().then(() => "allowed", () => "refused"),
    auth.elevate(getSiteProperties)(),
  ]);
  return {
    refused,
    rows: [
      ["Business", properties?.businessName],
      ["Language", properties?.language],
      ["Currency", properties?.paymentCurrency],
      ["Time zone", properties?.timeZone],
    ] as const,
  };
}

function squareImage(image: string | null | undefined, size: number) {
  return image ? getScaledToFillImageUrl(image, size, size, {}) : undefined;
}
