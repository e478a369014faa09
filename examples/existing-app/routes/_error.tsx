import { HttpError, type PageProps } from "fresh";

export default function ErrorPage({ error }: PageProps) {
  const status = error instanceof HttpError ? error.status : 500;
  return (
    <main>
      <h1>{status === 404 ? "Page not found" : "Something went wrong"}</h1>
      <p>
        <a href="/">Back to the shop</a>
      </p>
    </main>
  );
}
