import type { RouteConfig } from "fresh";

export const config: RouteConfig = {
  skipAppWrapper: true,
  skipInheritedLayouts: true,
};

export default function Page() {
  return (
    <html lang="en">
      <head>
        <title>own</title>
      </head>
      <body>
        <h1>without both</h1>
      </body>
    </html>
  );
}
