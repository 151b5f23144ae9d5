import { fuzzyScore } from "../command_bar/fuzzy_score.ts";
import { capsOf } from "../keys/caps_of.ts";
import { type Command, COMMAND_GROUPS, type CommandGroup } from "./commands/mod.ts";

export interface SheetLine {
  readonly words: string;
  /** The caps of each press, one press after another. */
  readonly presses: readonly (readonly string[])[];
}

export interface SheetGroup {
  readonly title: CommandGroup;
  readonly lines: readonly SheetLine[];
}

/** Keys that belong to a place of their own and are the browser's or the form's. */
const MORE: Readonly<Partial<Record<CommandGroup, readonly SheetLine[]>>> = {
  Move: [{ words: "Open what is focused", presses: [["Enter"]] }],
  Answer: [
    { words: "Send", presses: [["Ctrl", "Enter"]] },
    { words: "Send and close", presses: [["Ctrl", "Shift", "Enter"]] },
    { words: "Leave the editor", presses: [["Esc"]] },
  ],
};

/** What the sheet shows for the words typed into it: every command that has keys, and what the places add. */
export function sheetLines(commands: readonly Command[], typed: string): readonly SheetGroup[] {
  return COMMAND_GROUPS.map((title) => {
    const own = commands.flatMap(({ group, words, also = "", keys }) =>
      group === title && keys !== undefined && fits(typed, `${words} ${also} ${keys.join(" ")}`)
        ? [{ words, presses: keys.map(capsOf) }]
        : []
    );
    const more = MORE[title]?.filter(({ words }) => fits(typed, words)) ?? [];
    return { title, lines: [...own, ...more] };
  }).filter(({ lines }) => lines.length > 0);
}

function fits(typed: string, text: string): boolean {
  return fuzzyScore(typed, text) !== null;
}
