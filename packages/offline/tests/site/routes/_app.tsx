import type { PageProps } from "fresh";

export default function App({ Component }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="description" content="of the app" />
        <title>site</title>
        <link rel="icon" href="/favicon.svg" />
      </head>
      <body data-app="site">
        <Component />
      </body>
    </html>
  );
}
