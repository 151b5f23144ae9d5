import type { ComponentChildren, JSX, Ref } from "preact";
import { IconButton } from "./IconButton.tsx";

export interface DialogProps
  extends Omit<JSX.DialogHTMLAttributes<HTMLDialogElement>, "size" | "class" | "ref" | "title"> {
  readonly id: string;
  readonly title: string;
  readonly size?: "wide" | undefined;
  /** Beside the title: a search, say. */
  readonly tools?: ComponentChildren | undefined;
  /** Buttons: the primary last. */
  readonly footer?: ComponentChildren | undefined;
  readonly dialogRef?: Ref<HTMLDialogElement> | undefined;
  readonly children: ComponentChildren;
}

/** A native dialog: Escape closes it, focus stays in it and returns. Open it with `showModal()`. */
export function Dialog(
  { id, title, size, tools, footer, dialogRef, children, ...dialog }: DialogProps,
) {
  return (
    <dialog
      {...dialog}
      // A function ref takes null when the element goes away, like an object ref.
      ref={dialogRef ?? null}
      id={id}
      class="dialog"
      data-size={size}
      aria-labelledby={`${id}-title`}
    >
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {tools}
        <form method="dialog">
          <IconButton icon="x" label="Close" type="submit" />
        </form>
      </header>
      <div class="dialog-body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
