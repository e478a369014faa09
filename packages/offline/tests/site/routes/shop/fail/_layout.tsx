import type { PageProps } from "fresh";

export default function Layout({ Component }: PageProps) {
  return (
    <div data-layout="fail">
      <Component />
    </div>
  );
}
