import { showConversation } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import { isSameList, parseRoute } from "./workspace_route.ts";

/** Brings the list and the conversation that the address names. */
export async function showRoute(model: WorkspaceModel): Promise<void> {
  const route = model.navigation.route.peek();
  const list = model.conversations.list.peek();
  const isListShown = isSameList(list, route);
  // Picks are of the list they were made in.
  if (!isListShown) model.selection.clear();
  await Promise.all([
    isListShown ? null : model.conversations.open(route),
    showConversation(model),
  ]);
}

/** Takes over clicks on links into the workspace; all others are the browser's. */
export function followLink(model: WorkspaceModel, event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.hasAttribute("download")) {
    return;
  }
  const url = new URL(link.href);
  const route = url.origin === location.origin ? parseRoute(url) : null;
  // "?compose=…" and the like are for pages without script.
  if (route === null) return;
  event.preventDefault();
  model.navigation.go(route);
  void showRoute(model);
}
