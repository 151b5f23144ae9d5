import { listKey } from "./workspace_route.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** More than anybody means to change at once; a browser that holds them is still quick. */
const MAX_PICKED = 1_000;

/** Picks everything of the list that is shown, reading the pages that were not yet: at most a thousand. */
export async function pickAll(model: WorkspaceModel): Promise<void> {
  const { conversations, selection, toasts } = model;
  const key = listKey(conversations.list.peek());
  const isSame = () => listKey(conversations.list.peek()) === key;
  for (;;) {
    const { ids, next } = conversations.list.peek();
    selection.add(ids.slice(0, MAX_PICKED));
    if (next === null) return;
    if (ids.length >= MAX_PICKED) {
      toasts.show({ icon: "info", text: `The first ${MAX_PICKED} are selected` });
      return;
    }
    await conversations.loadMore();
    // Another list was opened, or no page came: what is picked by then stays picked.
    if (!isSame() || conversations.list.peek().ids.length === ids.length) return;
  }
}
