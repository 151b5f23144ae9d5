import { useMemo } from "preact/hooks";
import { CommandBar } from "../command_bar/CommandBar.tsx";
import { RecentItems } from "../command_bar/recent_items.ts";
import { barRoot, scopeWords } from "./bar_root.ts";
import { localStorageOrNull } from "./browser_model_ports.ts";
import { ASKS } from "./commands/asks.ts";
import type { ScreenParts } from "./commands/mod.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface WorkspaceBarProps {
  readonly model: WorkspaceModel;
  readonly parts: ScreenParts;
}

/** The command bar over the workspace: it acts on what is picked, open or under the cursor. */
export function WorkspaceBar({ model, parts }: WorkspaceBarProps) {
  const { selection, targets, isOneTarget } = model;
  const recent = useMemo(() => new RecentItems(localStorageOrNull(), model.data.me.id), []);
  const first = useMemo(() => {
    const ask = ASKS[model.bar.peek()?.asked ?? ""];
    return ask?.(model) ?? barRoot(model, parts);
  }, [isOneTarget.value]);
  const hasChoice = selection.size > 1 || (selection.size > 0 && isOneTarget.value);
  return (
    <CommandBar
      first={first}
      scope={scopeWords(targets.value)}
      onNextScope={hasChoice ? () => isOneTarget.value = !isOneTarget.peek() : null}
      recent={recent}
      onClose={() => {
        model.bar.value = null;
        // The event comes after what was chosen has run.
        isOneTarget.value = false;
      }}
      after={(ms, run) => model.ports.after(ms, run)}
    />
  );
}
