import type { ApiMessage } from "../../../../core/model/api.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** Lets a message be taken back until it leaves. @param onTakenBack with what was written still known */
export function offerTakeBack(
  { ports, toasts }: Pick<WorkspaceModel, "ports" | "toasts">,
  message: Pick<ApiMessage, "id" | "sendAt" | "status">,
  onTakenBack: () => void,
): void {
  const lastsMs = message.sendAt === undefined ? 0 : Date.parse(message.sendAt) - ports.now();
  if (message.status !== "queued" || lastsMs < 1_000) return;
  toasts.show({
    icon: "clock",
    text: "Sending",
    hasCountdown: true,
    isUndo: true,
    // The toast ends a moment before the server begins, so that Undo does what it says.
    lastsMs: lastsMs - 500,
    action: {
      label: "Undo",
      async run() {
        const canceled = await ports.api.cancelMessage(message.id);
        if (canceled.ok) return onTakenBack();
        toasts.show({ icon: "alert", text: "Too late, it is on its way" });
      },
    },
  });
}
