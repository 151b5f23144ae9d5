import { useEffect, useRef } from "preact/hooks";
import type { WorkspaceModel } from "./workspace_model.ts";

/** A sign counts six seconds at the server. */
const REPEAT_MS = 3_000;

/** Tells the customer that the agent writes, as often as needed and no more. @returns what each keystroke calls. */
export function useTypingSign(
  model: WorkspaceModel,
  conversationId: string,
  isTold: boolean,
): (isTyping: boolean) => void {
  const saidAt = useRef<number | null>(null);
  const say = (isTyping: boolean) => {
    const now = model.ports.now();
    const isKnown = isTyping
      ? saidAt.current !== null && now - saidAt.current < REPEAT_MS
      : saidAt.current === null;
    if (!isTold || isKnown) return;
    saidAt.current = isTyping ? now : null;
    void model.ports.api.sayTyping(conversationId, isTyping);
  };
  useEffect(() => () => say(false), [conversationId, isTold]);
  return say;
}
