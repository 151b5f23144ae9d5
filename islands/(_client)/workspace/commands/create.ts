import { EMPTY_START } from "../outside/letter_draft.ts";
import type { Command } from "./command.ts";

/** What was not there before. */
export const createCommands: readonly Command[] = [
  {
    id: "new_conversation",
    words: "New conversation",
    also: "write mail compose start begin message",
    keys: ["n"],
    group: "Create",
    icon: "compose",
    isPossible: (model) =>
      model.data.me.role !== "viewer" &&
      model.data.channels.some(({ beginning }) => beginning !== "never"),
    run: (model) => void (model.starting.value = EMPTY_START),
  },
];
