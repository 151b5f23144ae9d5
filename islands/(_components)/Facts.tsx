import type { ComponentChildren } from "preact";

export interface FactsProps {
  readonly facts: readonly {
    readonly label: string;
    readonly value: ComponentChildren;
    /** The full text when the value is cut. */
    readonly title?: string | undefined;
  }[];
}

/** What is known, label and value. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl class="props">
      {facts.map(({ label, value, title }) => (
        <>
          <dt>{label}</dt>
          <dd title={title}>
            {typeof value === "string" ? <span class="truncate">{value}</span> : value}
          </dd>
        </>
      ))}
    </dl>
  );
}
