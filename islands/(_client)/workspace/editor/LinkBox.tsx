import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../../(_components)/Button.tsx";
import { typedHref } from "./pasted_style.ts";

/** Where a link leads, asked above the words it is made of. */
export function LinkBox({ href, onDone, onCancel }: {
  /** "" for a new one. */
  readonly href: string;
  /** @param href null takes the link away */
  readonly onDone: (href: string | null) => void;
  readonly onCancel: () => void;
}) {
  const typed = useSignal(href);
  const isWrong = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const submit = () => {
    const address = typedHref(typed.value);
    if (address === null) isWrong.value = true;
    else onDone(address);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The form around it sends on Enter, and leaves on Escape.
    if (event.key === "Enter") submit();
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu link-box" role="dialog" aria-label="Link" onKeyDown={onKeyDown}>
      <input
        ref={input}
        class="input"
        aria-label="Address"
        aria-invalid={isWrong.value ? "true" : undefined}
        placeholder="https://"
        inputMode="url"
        autocomplete="off"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          isWrong.value = false;
        }}
      />
      <Button size="small" onClick={submit}>Link</Button>
      {href !== "" && (
        <Button size="small" kind="ghost" onClick={() => onDone(null)}>
          Remove
        </Button>
      )}
      {isWrong.value && (
        <small class="danger" role="alert">Not an address of the web or a mail</small>
      )}
    </div>
  );
}
