/** Turning while something is awaited; say what in words beside it. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />;
}
