import { HttpError, type PageProps } from "fresh";

export default function ErrorPage({ error, url, route }: PageProps) {
  const known = error instanceof HttpError;
  return (
    <main data-page="error">
      <h1>{known ? error.status : "unknown"}</h1>
      <p>{url.pathname} {String(route)}</p>
    </main>
  );
}
