import type { PageProps } from "fresh";

export default function Page({ params, route }: PageProps) {
  return <pre>{JSON.stringify({ ...params, route })}</pre>;
}
