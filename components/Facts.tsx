import type { ComponentChildren } from "preact";

/** Names and values, one pair to a line; made of {@link Fact}s. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

interface FactProps {
  name: string;
  children: ComponentChildren;
}

/** One name and its value; a dash when there is none. */
export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children || "–"}</dd>
    </div>
  );
}
