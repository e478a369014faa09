import type { RouteConfig } from "fresh";

export const config: RouteConfig = { skipAppWrapper: true };

export default function Page() {
  return <h1>without app</h1>;
}
