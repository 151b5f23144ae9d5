/** The command bar's first page in the workspace: what can be done now, and where one can go. */
import type { ApiContact, ApiConversation } from "../../../core/model/api.ts";
import type { BarItem, BarPage } from "../command_bar/bar_page.ts";
import { findItems } from "../command_bar/find_items.ts";
import { settingsItems } from "../command_bar/settings_items.ts";
import { openConversation } from "./actions.ts";
import { ASKS } from "./commands/asks.ts";
import { type Command, COMMANDS, type ScreenParts } from "./commands/mod.ts";
import { showRoute } from "./show_route.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

export function barRoot(model: WorkspaceModel, parts: ScreenParts): BarPage {
  const possible = COMMANDS.filter((command) => command.id !== "bar" && command.isPossible(model))
    .toSorted((a, b) => Number(isAboutTargets(b)) - Number(isAboutTargets(a)));
  return {
    title: null,
    placeholder: "Type a command, a name or #number",
    items: () => [
      ...possible.map((command) => itemOf(command, model, parts)),
      ...inboxItems(model),
      ...settingsItems(model.data.settingsPlaces, (href) => location.assign(href)),
    ],
    find: (typed) =>
      findItems(typed, {
        api: model.ports.api,
        onConversation: (conversation) => show(model, conversation),
        onContact: (contact) => void showLatestOf(model, contact),
      }),
  };
}

/** What actions are about, for the bar's chip; null: nothing. */
export function scopeWords(targets: readonly ApiConversation[]): string | null {
  const [first] = targets;
  if (first === undefined) return null;
  if (targets.length > 1) return `${targets.length} conversations`;
  return first.subject === "" ? first.contactName : `${first.contactName}, ${first.subject}`;
}

function itemOf(command: Command, model: WorkspaceModel, parts: ScreenParts): BarItem {
  const { id, words, also, keys, icon } = command;
  const ask = ASKS[id];
  return {
    id,
    words,
    group: headingOf(command, model),
    icon,
    ...also === undefined ? {} : { also },
    ...keys === undefined ? {} : { keys },
    ...ask === undefined ? {} : { page: () => ask(model) },
    run: () => command.run(model, parts),
  };
}

/** Stands first: what the bar is opened for most of all. */
function isAboutTargets({ group }: Command): boolean {
  return group === "Answer" || group === "Decide";
}

function headingOf(command: Command, model: WorkspaceModel): string {
  if (!isAboutTargets(command)) return command.group;
  const { length } = model.targets.peek();
  return length > 1 ? `${length} conversations` : "This conversation";
}

function inboxItems(model: WorkspaceModel): readonly BarItem[] {
  return model.data.inboxes.map(({ id, name }) => ({
    id: `inbox:${id}`,
    words: name,
    also: "inbox",
    detail: `${model.conversations.counts.peek()[id]?.open ?? 0} open`,
    group: "Inboxes",
    icon: "inbox",
    run() {
      const route = model.navigation.route.peek();
      model.navigation.go({ ...route, scope: id, view: "open", conversationId: null, pane: null });
      void showRoute(model);
    },
  }));
}

function show(model: WorkspaceModel, conversation: ApiConversation): void {
  model.conversations.know([conversation]);
  void openConversation(model, conversation.id);
}

async function showLatestOf(model: WorkspaceModel, { id, name }: ApiContact): Promise<void> {
  const answer = await model.ports.api.conversationsOfContact(id);
  const latest = answer.ok ? answer.value.items[0] : undefined;
  if (latest !== undefined) return show(model, latest);
  model.toasts.show({ icon: "info", text: `No conversation with ${name} that you may see` });
}
