import type { LayoutConfig, PageProps } from "fresh";

export const config: LayoutConfig = { skipAppWrapper: true };

export default function Layout({ Component }: PageProps) {
  return (
    <div data-layout="bare">
      <Component />
    </div>
  );
}
