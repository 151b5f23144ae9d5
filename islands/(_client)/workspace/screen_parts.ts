import type { ScreenParts } from "./commands/mod.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** The parts of the screen that commands reach for, wherever they are run. */
export function screenParts(model: WorkspaceModel): ScreenParts {
  return { openBar: (commandId) => model.bar.value = { asked: commandId ?? null } };
}
