/** Messages on their way, kept on the device so that neither a reload nor a lost connection loses them. */
import type { Kept } from "./kept.ts";
import type { Outgoing } from "./state.ts";

const PREFIX = "out.";

/** One entry per message: two tabs never overwrite each other's. */
export function keepOutgoing(kept: Kept, message: Outgoing): void {
  kept.set(PREFIX + message.id, JSON.stringify(message));
}

export function dropOutgoing(kept: Kept, id: string): void {
  kept.remove(PREFIX + id);
}

/** What an earlier page could not send, oldest first. */
export function readOutgoing(kept: Kept): readonly Outgoing[] {
  return kept.names(PREFIX).flatMap((name) => {
    const message = parse(kept.get(name));
    if (message === null) kept.remove(name);
    return message === null ? [] : [message];
  }).sort((a, b) => a.at - b.at);
}

/** Null for what is no message of ours: an older version's, or somebody's who opened the browser's tools. */
function parse(text: string | null): Outgoing | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isOutgoing(value) ? value : null;
  } catch {
    return null;
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== "object" || value === null) return false;
  const { id, thread, text, files, state, reason, at } = value as Record<string, unknown>;
  return [id, thread, text, reason].every((one) => typeof one === "string") &&
    Array.isArray(files) && (state === "waiting" || state === "failed") && typeof at === "number";
}
