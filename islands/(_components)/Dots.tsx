/** Three breathing dots: somebody is writing (said in words beside them). */
export function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
