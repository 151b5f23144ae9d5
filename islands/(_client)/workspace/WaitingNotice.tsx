import { Button } from "../../(_components)/Button.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { takeBack } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Above the composer: what waits for a connection, and the way back. */
export function WaitingNotice({ model, conversationId }: {
  readonly model: WorkspaceModel;
  readonly conversationId: string;
}) {
  const waiting = model.waiting.value?.of(conversationId) ?? [];
  const last = waiting.at(-1);
  if (last === undefined) return null;
  const words = waiting.length === 1
    ? "1 message waits for a connection"
    : `${waiting.length} messages wait for a connection`;
  return (
    <div class="waiting-notice meta" role="status">
      <Icon name="offline" size={14} />
      {words}
      <Button size="small" kind="ghost" onClick={() => void takeBack(model, last.id)}>
        Take the last one back
      </Button>
    </div>
  );
}
