/** An empty tray with a check: everything is answered. */
export function InboxArt() {
  return (
    <svg
      class="art"
      width="128"
      height="88"
      viewBox="0 0 128 88"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d="M8 78.5h112" stroke="var(--line-strong)" />
      <path
        d="M34 78V55.500l9.500-24A4 4 0 0 1 47.200 29h33.600a4 4 0 0 1 3.700 2.500l9.500 24V78"
        fill="var(--surface-pane)"
      />
      <path d="M34 55.500h17.500c1.700 0 2.600 1 3 2.500.9 3.300 3.600 5.500 9.500 5.500s8.600-2.200 9.500-5.500c.4-1.500 1.300-2.500 3-2.500H94" />
      <path d="m55 42.500 6 6 12-13" stroke="var(--accent)" stroke-width="2" />
      <path d="M64 8v7M42 13l3.500 6M86 13l-3.500 6" stroke="var(--line-strong)" />
    </svg>
  );
}
