import type { BarItem, BarPage } from "../command_bar/bar_page.ts";
import { assign } from "./actions.ts";
import { assignablePeople } from "./assignable.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Who takes the conversations that are acted on: those who can be given every one of them. */
export function assignPage(model: WorkspaceModel): BarPage {
  const targets = model.targets.peek();
  const { me, inboxes } = model.data;
  const inboxIds = new Set(targets.map(({ inboxId }) => inboxId));
  const choices = [...inboxIds].map((inboxId) =>
    assignablePeople(model.data, inboxes.find(({ id }) => id === inboxId), me.id)
  );
  const people = (choices[0] ?? []).filter(({ id }) =>
    choices.every((some) => some.some((one) => one.id === id))
  );
  const item = (id: string | null, words: string, more: Partial<BarItem>): BarItem => ({
    id: id ?? "nobody",
    words,
    group: "Who",
    isChosen: targets.length > 0 && targets.every(({ assigneeId }) => assigneeId === id),
    run() {
      for (const target of targets) void assign(model, target, id);
    },
    ...more,
  });
  return {
    title: "Assign",
    placeholder: "Assign to…",
    items: () => [
      ...people.map(({ id, name, availability }) =>
        item(id, id === me.id ? "You" : name, {
          also: name,
          face: { id, name, of: "team" },
          ...availability === "away" ? { detail: "Away" } : {},
        })
      ),
      item(null, "Nobody", { also: "unassign give back", icon: "circle" }),
    ],
  };
}
