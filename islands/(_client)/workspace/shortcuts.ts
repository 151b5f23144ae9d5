import { capsOf } from "../keys/caps_of.ts";
import { commandOf } from "./commands/mod.ts";

/** How a command is reached, such as "g m", for tooltips; "" where it has no keys. */
export function keysOf(id: string): string {
  return (commandOf(id).keys ?? []).map((key) => capsOf(key).join("+")).join(" ");
}
