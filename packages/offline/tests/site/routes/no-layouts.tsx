import type { RouteConfig } from "fresh";

export const config: RouteConfig = { skipInheritedLayouts: true };

export default function Page() {
  return <h1>without layouts</h1>;
}
