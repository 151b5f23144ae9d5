/** A bubble with a cross: something did not come. */
export function ErrorArt() {
  return (
    <svg
      class="art"
      width="96"
      height="72"
      viewBox="0 0 96 72"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M8 66.500h80" stroke="var(--line-strong)" />
      <path
        d="M20 14a6 6 0 0 1 6-6h44a6 6 0 0 1 6 6v26a6 6 0 0 1-6 6H48L34 58V46h-8a6 6 0 0 1-6-6V14Z"
        fill="var(--surface-pane)"
      />
      <path d="m42 21 12 12M54 21 42 33" stroke="var(--danger-solid)" stroke-width="2" />
    </svg>
  );
}
