import type { ApiMessage } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { Failure } from "../../(_components)/Failure.tsx";
import { retry } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Why a reply did not arrive, or nobody knows whether it did, and the way on. */
export function FailedDelivery({ model, message }: {
  readonly model: WorkspaceModel;
  readonly message: ApiMessage;
}) {
  const isDoubtful = message.status === "ambiguous";
  const reason = message.error?.message ?? "The channel gave no reason";
  const detail = [message.error?.provider, message.error?.code].filter(Boolean).join(" · ");
  const again = (event: Event) => {
    event.preventDefault();
    void retry(model, message.id);
  };
  return (
    <Failure
      title={isDoubtful ? `Perhaps not delivered: ${reason}` : `Not delivered: ${reason}`}
      detail={detail === "" ? undefined : detail}
      actions={model.data.canWrite && (
        <form method="post" onSubmit={again}>
          <input type="hidden" name="action" value="retry" />
          <input type="hidden" name="messageId" value={message.id} />
          <Button type="submit" size="small" icon="refresh">
            {isDoubtful ? "Send again" : "Retry"}
          </Button>
        </form>
      )}
    />
  );
}
