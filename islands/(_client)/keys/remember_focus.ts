/**
 * Remembers where the keyboard is and what is selected there, before a dialog opens. A browser gives the focus back by
 * itself, but not the caret: Chromium then takes no letters until the field is clicked.
 * @returns what gives both back, once the dialog is closed.
 */
export function rememberFocus(): () => void {
  const element = document.activeElement;
  if (element instanceof HTMLTextAreaElement || isTextInput(element)) {
    const { selectionStart, selectionEnd, selectionDirection } = element;
    return () => {
      element.focus();
      element.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? "none");
    };
  }
  if (!(element instanceof HTMLElement) || !element.isContentEditable) return () => {};
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  return () => {
    element.focus();
    if (range === null) return;
    selection?.removeAllRanges();
    selection?.addRange(range);
  };
}

/** Inputs of other types have no selection that can be set. */
function isTextInput(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement &&
    ["text", "search", "url", "tel", "password"].includes(element.type);
}
