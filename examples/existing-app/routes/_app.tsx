import { define } from "../utils.ts";

export default define.page(({ Component, state }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{state.shop}</title>
    </head>
    <body>
      <Component />
    </body>
  </html>
));
