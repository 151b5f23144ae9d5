import { EmptyState } from "../../(_components)/EmptyState.tsx";
import { InboxArt } from "../../(_components)/InboxArt.tsx";
import type { SearchTab } from "./search_model.ts";

/** @param q what found nothing; null before anything is searched for */
export function NothingFound({ q, tab }: { readonly q: string | null; readonly tab: SearchTab }) {
  if (q === null) {
    return (
      <EmptyState art={<InboxArt />} title="Search everything your team has written">
        Words find messages, subjects, files and names in any language. Add filters to narrow:{" "}
        <code>from:ana tag:warranty is:closed after:2026-03-01</code>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      art={<InboxArt />}
      title={tab === "contacts" ? "No contact is called so" : "No conversation has all of it"}
    >
      Spam and trash are left out: add <code>is:spam</code> or{" "}
      <code>is:trash</code>. A minus takes away: <code>-tag:done</code>. Quotes keep words together.
    </EmptyState>
  );
}
