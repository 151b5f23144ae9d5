/** What a drag within the builder carries: a kind of the palette, or a field of the form by its key. */
export type Dragged = { readonly kind: string } | { readonly key: string };

/** While it lasts, browsers tell only the type of what is dragged, so that has a name of its own. */
const TYPE = "application/x-parley-field";

export const dragged = {
  start(event: DragEvent, what: Dragged): void {
    event.dataTransfer?.setData(TYPE, JSON.stringify(what));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "copyMove";
  },

  /** Whether what is over the page now is of ours. */
  isOurs(event: DragEvent): boolean {
    return event.dataTransfer?.types.includes(TYPE) ?? false;
  },

  /** What was dropped; null for anything that did not begin here. */
  read(event: DragEvent): Dragged | null {
    const json = event.dataTransfer?.getData(TYPE);
    // Of another window it may be; the shape is ours, and an unknown key or kind changes nothing.
    return json ? JSON.parse(json) as Dragged : null;
  },
};
