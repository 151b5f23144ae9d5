/** How the agent hears of what did not happen. */
import type { ApiFailure } from "./api.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** The session ended: the page says how to go on, and brings the agent back here. */
export function signedOut(): void {
  location.reload();
}

/** Says that something did not happen, and why. */
export function fail(
  model: Pick<WorkspaceModel, "toasts">,
  what: string,
  failure: ApiFailure,
): void {
  if (failure.code === "signed_out") return signedOut();
  const why = failure.code === "refused" ? failure.detail : "No connection";
  model.toasts.show({ icon: "alert", text: `${what}: ${why}`, lastsMs: 10_000 });
}
