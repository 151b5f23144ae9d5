import type { ComponentChildren } from "preact";

export interface PageSectionProps {
  readonly id?: string | undefined;
  readonly title: string;
  readonly lead?: ComponentChildren | undefined;
  readonly children: ComponentChildren;
}

/** A titled part of a page. */
export function PageSection({ id, title, lead, children }: PageSectionProps) {
  return (
    <section class="page-section" id={id}>
      <h2>{title}</h2>
      {lead && <p>{lead}</p>}
      {children}
    </section>
  );
}
