import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { Avatar } from "../../(_components)/Avatar.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { assignablePeople } from "./assignable.ts";
import { keysOf } from "./shortcuts.ts";
import type { Teammate } from "./workspace_data.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export interface AssignMenuProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}

/** Who works on the conversation; pressed, the menu to change that opens. Without script a form does. */
export function AssignMenu({ model, conversation }: AssignMenuProps) {
  const isRunning = useSignal(false);
  useEffect(() => {
    isRunning.value = true;
  }, []);
  const { people, teams, me } = model.data;
  const assignee = people.find(({ id }) => id === conversation.assigneeId);
  const team = teams.find(({ id }) => id === conversation.teamId);
  const name = assignee?.id === me.id ? "You" : assignee?.name ?? team?.name ?? "Nobody";
  const label = `Assigned to ${name === "You" || name === "Nobody" ? name.toLowerCase() : name}`;
  const look = {
    class: "button",
    "data-kind": "ghost",
    title: `${label} (${keysOf("assign")})`,
  } as const;
  const content = (
    <>
      <Face person={assignee} />
      <span class="roomy truncate" aria-hidden="true">{name}</span>
      <span class="sr">{label}, change</span>
      <Icon name="down" size={14} />
    </>
  );
  if (isRunning.value) {
    return (
      <button
        {...look}
        type="button"
        data-opens="assign"
        aria-haspopup="listbox"
        onClick={() => model.picker.value = "assign"}
      >
        {content}
      </button>
    );
  }
  const inbox = model.data.inboxes.find(({ id }) => id === conversation.inboxId);
  return (
    <details class="dropdown assign" name="dropdown">
      <summary {...look}>{content}</summary>
      <form method="post" class="menu" role="group" aria-label="Assign">
        <input type="hidden" name="action" value="assign" />
        {assignablePeople(model.data, inbox, me.id).map((person) => (
          <button
            key={person.id}
            type="submit"
            class="menu-item"
            name="assigneeId"
            value={person.id}
            aria-pressed={person.id === assignee?.id ? "true" : "false"}
          >
            <Face person={person} />
            <span class="truncate">{person.id === me.id ? "You" : person.name}</span>
          </button>
        ))}
        <hr />
        <button type="submit" class="menu-item" name="assigneeId" value="">
          <Face person={undefined} />
          Nobody
        </button>
      </form>
    </details>
  );
}

function Face({ person }: { readonly person: Teammate | undefined }) {
  if (person === undefined) return <Avatar id="nobody" name="" of="nobody" size={20} />;
  return (
    <Avatar id={person.id} name={person.name} of="team" size={20} pictureUrl={person.avatarUrl} />
  );
}
