import type { PageProps, RouteConfig } from "fresh";

export const config: RouteConfig = {
  routeOverride: "/x/:module@:version/:path*",
};

export default function Page({ params, route }: PageProps) {
  return <pre>{JSON.stringify({ ...params, route })}</pre>;
}
