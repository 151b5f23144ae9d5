import { asset } from "fresh/runtime";

/** The logo above sign-in and set-up, 36 px. */
export function BrandMark() {
  return (
    <svg class="icon brand-mark" aria-hidden="true">
      <use href={asset("/icons.svg#logo")} />
    </svg>
  );
}
