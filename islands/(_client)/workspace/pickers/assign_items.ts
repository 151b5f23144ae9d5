import type { ApiConversation } from "../../../../core/model/api.ts";
import { applyToMany } from "../apply_to_many.ts";
import { assignablePeople, assignableTeams } from "../assignable.ts";
import type { Teammate, TeamSummary } from "../workspace_data.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fitsQuery, type PickerItem, type PickerItems } from "./picker_item.ts";
import { stateOf } from "./state_of.ts";

/** Whoever works in the inboxes of all the conversations, and nobody. */
export function assignItems(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
): PickerItems {
  const { me } = model.data;
  const inboxes = new Set(conversations.map(({ inboxId }) => inboxId));
  const places = [...inboxes].map((id) => model.data.inboxes.find((inbox) => inbox.id === id));
  const workers = inAll(places.map((inbox) => assignablePeople(model.data, inbox, me.id)));
  const teams = inAll(places.map((inbox) => assignableTeams(model.data, inbox)));
  const set = (assigneeId: string | null, words: string) =>
    void applyToMany(model, conversations, { assigneeId }, words);
  const person = (one: Teammate): PickerItem => ({
    id: one.id,
    words: one.id === me.id ? "You" : one.name,
    face: { id: one.id, name: one.name, of: "team", pictureUrl: one.avatarUrl },
    end: one.availability === "away" ? "Away" : undefined,
    state: stateOf(conversations, ({ assigneeId }) => assigneeId === one.id),
    run: () => set(one.id, one.id === me.id ? "Assigned to you" : `Assigned to ${one.name}`),
  });
  const team = (one: TeamSummary, n: number): PickerItem => ({
    id: one.id,
    words: one.name,
    icon: "contacts",
    state: stateOf(conversations, ({ teamId }) => teamId === one.id),
    ...n === 0 && { above: { head: "Teams" } },
    run() {
      const isSet = conversations.every(({ teamId }) => teamId === one.id);
      void applyToMany(
        model,
        conversations,
        { teamId: isSet ? null : one.id },
        isSet ? `Taken off ${one.name}` : `Given to ${one.name}`,
      );
    },
  });
  const nobody: PickerItem = {
    id: "nobody",
    words: "Nobody",
    face: { id: "nobody", name: "", of: "nobody" },
    state: stateOf(conversations, ({ assigneeId }) => assigneeId === null),
    above: "line",
    run: () => set(null, "Given back to everyone"),
  };
  return (query) => [
    ...workers.filter(({ id, name }) =>
      fitsQuery(name, query) || (id === me.id && fitsQuery("You me", query))
    ).map(person),
    ...teams.filter(({ name }) => fitsQuery(name, query)).map(team),
    ...fitsQuery(nobody.words, query) ? [nobody] : [],
  ];
}

/** What is in every one of the lists. */
function inAll<T>([first = [], ...others]: readonly (readonly T[])[]): readonly T[] {
  return first.filter((one) => others.every((some) => some.includes(one)));
}
