import type { ComponentChildren } from "preact";

interface FactsProps {
  facts: readonly (readonly [name: string, value: ComponentChildren])[];
}

/** Names and values, one pair to a line. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
