/** Above the first message you have not read. */
export function NewLine() {
  return <div class="new-line" role="separator">New</div>;
}
