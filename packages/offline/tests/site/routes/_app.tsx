import type { PageProps } from "fresh";

export default function App({ Component }: PageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>site</title>
      </head>
      <body>
        <nav>
          <a href="/">Home</a>
        </nav>
        <Component />
      </body>
    </html>
  );
}
