import type { ComponentChildren } from "preact";

/** A list of names and values; contains {@link DescriptionItem}s. */
export function DescriptionList({ children }: { children: ComponentChildren }) {
  return <dl class="descriptions">{children}</dl>;
}

interface DescriptionItemProps {
  name: string;
  children: ComponentChildren;
}

/** One name and its value; a dash for an empty value. */
export function DescriptionItem({ name, children }: DescriptionItemProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children || "–"}</dd>
    </div>
  );
}
