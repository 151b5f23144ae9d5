import { Icon } from "./Icon.tsx";

export interface CrumbsProps {
  /** From the outermost page on. */
  readonly path: readonly { readonly label: string; readonly href: string }[];
  readonly current: string;
}

/** Where a page lies below others. */
export function Crumbs({ path, current }: CrumbsProps) {
  return (
    <nav class="crumbs" aria-label="Where you are">
      {path.map(({ label, href }) => (
        <>
          <a href={href}>{label}</a>
          <Icon name="right" size={14} />
        </>
      ))}
      <span aria-current="page" class="truncate">{current}</span>
    </nav>
  );
}
