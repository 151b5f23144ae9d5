import { useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import type { ApiConversation } from "../../../core/model/api.ts";
import { Avatar } from "../../(_components)/Avatar.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { assign } from "./actions.ts";
import { assignablePeople } from "./assignable.ts";
import { keysOf } from "./shortcuts.ts";
import { useMenu } from "./use_menu.ts";
import type { Teammate } from "./workspace_data.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** From this many people on a filter helps. */
const FILTER_FROM = 8;

export interface AssignMenuProps {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly menuRef: RefObject<HTMLDetailsElement>;
}

/** Who works on the conversation, and a menu to change that. A form without script. */
export function AssignMenu({ model, conversation, menuRef }: AssignMenuProps) {
  const query = useSignal("");
  const menu = useMenu(menuRef);
  const { people, inboxes, me } = model.data;
  const assignee = people.find(({ id }) => id === conversation.assigneeId);
  const inbox = inboxes.find(({ id }) => id === conversation.inboxId);
  const all = assignablePeople(model.data, inbox, me.id);
  const wanted = query.value.trim().toLowerCase();
  const shown = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const name = assignee === undefined ? "Nobody" : assignee.id === me.id ? "You" : assignee.name;
  const label = `Assigned to ${
    name === "You" ? "you" : name.toLowerCase() === "nobody" ? "nobody" : name
  }`;

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
    menu.close();
    menuRef.current?.querySelector("summary")?.focus();
    query.value = "";
    void assign(model, conversation, chosen === "" ? null : chosen);
  };
  return (
    <details
      class="dropdown assign"
      name="dropdown"
      ref={menuRef}
      onKeyDown={menu.onKeyDown}
    >
      <summary class="button" data-kind="ghost" title={`${label} (${keysOf("assign")})`}>
        <Face person={assignee} />
        <span class="roomy truncate" aria-hidden="true">{name}</span>
        <span class="sr">{label}, change</span>
        <Icon name="down" size={14} />
      </summary>
      <div class="menu" role="group" aria-label="Assign">
        {all.length >= FILTER_FROM && (
          <div class="menu-search">
            <Icon name="search" />
            <input
              placeholder="Assign to…"
              aria-label="Assign to"
              value={query.value}
              onInput={(event) => query.value = event.currentTarget.value}
            />
          </div>
        )}
        <form method="post" class="menu-items" onSubmit={onSubmit}>
          <input type="hidden" name="action" value="assign" />
          {shown.map((person) => (
            <Choice
              key={person.id}
              value={person.id}
              isChosen={person.id === assignee?.id}
              end={person.availability === "away" ? "Away" : undefined}
            >
              <Face person={person} />
              <span class="truncate">{person.id === me.id ? "You" : person.name}</span>
            </Choice>
          ))}
          {wanted === "" && (
            <>
              <hr />
              <Choice value="" isChosen={assignee === undefined}>
                <Face person={undefined} />
                Nobody
              </Choice>
            </>
          )}
          {wanted !== "" && shown.length === 0 && <p class="menu-head">Nobody by that name</p>}
        </form>
      </div>
    </details>
  );
}

function Choice({ value, isChosen, end, children }: {
  readonly value: string;
  readonly isChosen: boolean;
  readonly end?: string | undefined;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="submit"
      class="menu-item"
      name="assigneeId"
      value={value}
      aria-pressed={isChosen ? "true" : "false"}
    >
      {children}
      {end && <span class="end">{end}</span>}
      {isChosen && <Icon name="check" size={14} />}
    </button>
  );
}

function Face({ person }: { readonly person: Teammate | undefined }) {
  if (person === undefined) return <Avatar id="nobody" name="" of="nobody" size={20} />;
  return (
    <Avatar id={person.id} name={person.name} of="team" size={20} pictureUrl={person.avatarUrl} />
  );
}
