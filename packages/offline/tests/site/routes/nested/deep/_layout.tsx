import type { PageProps } from "fresh";

export default async function Layout({ Component }: PageProps) {
  await Promise.resolve();
  return (
    <div data-layout="deep">
      <Component />
    </div>
  );
}
