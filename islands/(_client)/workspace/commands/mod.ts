/** Everything an agent can do, once: a file per group. What is not in here is in no menu and has no key. */
import { answerCommands } from "./answer.ts";
import type { Command } from "./command.ts";
import { createCommands } from "./create.ts";
import { decideCommands } from "./decide.ts";
import { goCommands } from "./go.ts";
import { moveCommands } from "./move.ts";
import { selectCommands } from "./select.ts";

export { type Command, COMMAND_GROUPS, type CommandGroup, type ScreenParts } from "./command.ts";

export const COMMANDS: readonly Command[] = [
  ...moveCommands,
  ...answerCommands,
  ...selectCommands,
  ...decideCommands,
  ...createCommands,
  ...goCommands,
];

/** A command that is known to exist. @throws {RangeError} when it does not */
export function commandOf(id: string): Command {
  const command = COMMANDS.find((one) => one.id === id);
  if (command === undefined) throw new RangeError(`Cannot find command "${id}"`);
  return command;
}
