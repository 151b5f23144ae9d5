import { useEffect } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { refreshWindow } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Browsers' timers reach no further: 24 days. */
const LONGEST_MS = 2 ** 31 - 1;
/** A clock may be a little ahead of the server's: asked too early, it says "open" once more. */
const AFTER_MS = 500;

/** When the reply window on screen ends, the server says what comes then. */
export function useWindowEnd(model: WorkspaceModel, { id, window }: ApiConversation): void {
  const closesAt = window?.closesAt ?? null;
  useEffect(() => {
    if (closesAt === null) return;
    const left = Date.parse(closesAt) - model.ports.now();
    const waitMs = Math.min(Math.max(left, 0) + AFTER_MS, LONGEST_MS);
    return model.ports.after(waitMs, () => void refreshWindow(model, id));
  }, [id, closesAt]);
}
