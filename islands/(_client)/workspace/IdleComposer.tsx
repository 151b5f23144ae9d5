import { Icon } from "../../(_components)/Icon.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";

/** On a phone the editor waits behind one line until it is needed. */
export function IdleComposer(
  { model, name }: { readonly model: WorkspaceModel; readonly name: string },
) {
  const open = (kind: "reply" | "comment") => (event: MouseEvent) => {
    event.preventDefault();
    model.composeKind.value = kind;
    model.composerFocus.value++;
  };
  return (
    <div class="composer composer-waiting">
      <div class="composer-idle">
        <Icon name="reply" />
        <a class="composer-idle-link" href="?compose=reply" onClick={open("reply")}>
          Reply to {name}
        </a>
        <a
          class="button"
          data-kind="ghost"
          data-icon=""
          href="?compose=comment"
          aria-label="Comment"
          title="Comment"
          onClick={open("comment")}
        >
          <Icon name="lock" />
        </a>
      </div>
    </div>
  );
}
