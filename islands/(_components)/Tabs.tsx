import type { Segment } from "./Segments.tsx";

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Segment[];
  readonly current: string;
}

/** The parts of one page, each with an address of its own. */
export function Tabs({ label, tabs, current }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(({ id, label, count, href }) => (
        <a key={id} href={href} aria-current={id === current ? "page" : undefined}>
          {label}
          {count !== undefined && <span class="num">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
