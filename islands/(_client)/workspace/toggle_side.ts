import type { WorkspaceModel } from "./workspace_model.ts";

/** From this width of the app on, in pixels, the side stands beside the thread; below it is a drawer. */
const SIDE_FROM_PX = 1_100;
const YEAR_S = 31_536_000;

/** Shows or hides the details: a drawer of its own address where it covers the thread, else a lasting choice. */
export function toggleSide(model: WorkspaceModel): void {
  const { navigation, isSideClosed } = model;
  const route = navigation.route.peek();
  const width = document.querySelector(".app")?.clientWidth ?? 0;
  if (width < SIDE_FROM_PX) {
    if (route.pane === "side") navigation.goBackTo({ ...route, pane: null });
    else navigation.go({ ...route, pane: "side" });
    return;
  }
  isSideClosed.value = !isSideClosed.peek();
  const value = isSideClosed.peek() ? "closed" : "";
  document.cookie = `parley_side=${value};path=/;max-age=${YEAR_S};samesite=lax`;
}

/** Shows the details, where they are not shown already. */
export function showSide(model: WorkspaceModel): void {
  const width = document.querySelector(".app")?.clientWidth ?? 0;
  const isShown = width < SIDE_FROM_PX
    ? model.navigation.route.peek().pane === "side"
    : !model.isSideClosed.peek();
  if (!isShown) toggleSide(model);
}
