/** Where words will be. Shown after 150 ms of waiting, never for what is already there. */
export function Skeleton({ width }: { readonly width: "short" | "middle" | "long" }) {
  return <span class="skeleton" data-width={width} aria-hidden="true" />;
}
