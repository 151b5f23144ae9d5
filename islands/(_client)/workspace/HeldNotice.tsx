import type { ApiContact } from "../../../core/model/api.ts";
import { Banner } from "../../(_components)/Banner.tsx";
import { Button } from "../../(_components)/Button.tsx";
import { liftBadEmails } from "./actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Above the composer: replies to this customer are held, as the last mail came back. */
export function HeldNotice({ model, contact }: {
  readonly model: WorkspaceModel;
  readonly contact: ApiContact;
}) {
  const [bad] = contact.badEmails ?? [];
  if (bad === undefined) return null;
  const lift = (event: Event) => {
    event.preventDefault();
    void liftBadEmails(model, contact.id);
  };
  return (
    <Banner
      kind="warn"
      role="status"
      action={model.data.canWrite && (
        <form method="post" onSubmit={lift}>
          <input type="hidden" name="action" value="lift" />
          <Button type="submit" size="small">Send again</Button>
        </form>
      )}
    >
      Mail to <b>{bad.address}</b> came back: replies are held. <small>{bad.reason}</small>
    </Banner>
  );
}
