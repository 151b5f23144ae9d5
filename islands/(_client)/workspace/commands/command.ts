/** What a command is. Key handler, tooltips, cheat sheet, command bar and menus all read the same list. */
import type { IconName } from "../../../(_components)/icon_names.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** In the order of the sheet. */
export const COMMAND_GROUPS = ["Move", "Answer", "Select", "Decide", "Create", "Go to"] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** The screen's own parts that a command reaches for. */
export interface ScreenParts {
  /** The command bar, on its first page or on what a command asks. */
  openBar(commandId?: string): void;
}

export interface Command {
  /** snake_case, and the same for ever: what was used last is remembered by it. */
  readonly id: string;
  /** As an order: "Assign to me". */
  readonly words: string;
  /** More words to find it by. */
  readonly also?: string;
  /**
   * Pressed one after another: `["g", "i"]`. A letter with Shift is "Shift+u"; "Mod+k" is ⌘K on a Mac and Ctrl+K
   * elsewhere, and works while something is written too. Where several commands have the same keys, the first that is
   * possible runs.
   */
  readonly keys?: readonly string[];
  /** Its keys mean something else while words are written: Ctrl+A. */
  readonly isForLists?: boolean;
  readonly group: CommandGroup;
  readonly icon: IconName;
  /** Whether it would do something now: what is open or picked, and what the reader may. */
  isPossible(model: WorkspaceModel): boolean;
  /** Only when it is possible. One that asks in the command bar (see `asks.ts`) calls `parts.openBar` with its id. */
  run(model: WorkspaceModel, parts: ScreenParts): void;
}
