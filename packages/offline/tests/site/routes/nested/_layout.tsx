import type { LayoutConfig, PageProps } from "fresh";

export const config: LayoutConfig = { skipInheritedLayouts: true };

export default function Layout({ Component }: PageProps) {
  return (
    <div data-layout="nested">
      <Component />
    </div>
  );
}
