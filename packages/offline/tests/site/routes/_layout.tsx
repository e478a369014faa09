import type { PageProps } from "fresh";

export default function Layout({ Component }: PageProps) {
  return (
    <div data-layout="root">
      <Component />
    </div>
  );
}
