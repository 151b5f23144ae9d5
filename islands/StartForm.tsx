import { useEffect } from "preact/hooks";

export interface StartFormProps {
  /** Id of the form. */
  readonly form: string;
}

/** Sends a form as soon as the page is there, once: a page that is come back to waits for its button. */
export default function StartForm({ form }: StartFormProps) {
  useEffect(() => {
    const [entry] = performance.getEntriesByType("navigation");
    const isReturn = entry !== undefined && "type" in entry && entry.type !== "navigate";
    const element = document.getElementById(form);
    if (!isReturn && element instanceof HTMLFormElement) element.requestSubmit();
  }, []);
  return null;
}
