import { wix } from "@/lib/wix.ts";

export const handler = wix.gateway;
