import { HttpError, type PageProps } from "fresh";

export default function ErrorPage({ error }: PageProps) {
  const status = error instanceof HttpError ? error.status : 500;
  return (
    <main>
      <h1>{status === 404 ? "We don't bake that" : "The oven is off"}</h1>
      <p>
        <a href="/">Back to the shop</a>
      </p>
    </main>
  );
}
