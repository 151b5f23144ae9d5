import { useRef } from "preact/hooks";
import { flag } from "../../(_components)/flag.ts";
import { fail } from "./fail.ts";
import { ViewLink } from "./ViewLink.tsx";
import { ViewGroup } from "./ViewsPane.tsx";
import type { WorkspaceModel } from "./workspace_model.ts";
import { listRoute, type SavedView } from "./workspace_route.ts";

/** Saved views: dragged, or moved with Alt and the arrows, to another place. */
export function SavedViews({ model }: { readonly model: WorkspaceModel }) {
  const dragged = useRef<string | null>(null);
  const all = model.views.all.value;
  if (all.length === 0) return null;
  const tell = async (moving: ReturnType<WorkspaceModel["views"]["move"]>) => {
    const answer = await moving;
    if (answer !== null && !answer.ok) fail(model, "Not moved", answer.error);
  };
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !event.altKey) return;
    event.preventDefault();
    void tell(model.views.move(id, step));
  };
  return (
    <ViewGroup name="Saved views" isOpen>
      {all.map(({ id, name, sort, canChange }) => (
        <div
          key={id}
          class="saved-view"
          draggable={canChange}
          data-movable={flag(canChange)}
          onDragStart={() => dragged.current = id}
          onDragOver={(event) => {
            if (dragged.current !== null) event.preventDefault();
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged.current !== null) void tell(model.views.drop(dragged.current, id));
          }}
          onDragEnd={() => dragged.current = null}
          onKeyDown={canChange ? (event) => onKeyDown(event, id) : undefined}
        >
          <ViewLink
            model={model}
            // Ids of views are made in one place, and begin so.
            to={listRoute("all", id as SavedView, { sort })}
            icon="star"
            title={name}
          />
        </div>
      ))}
    </ViewGroup>
  );
}
