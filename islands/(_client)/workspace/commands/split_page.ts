import type { BarPage } from "../../command_bar/bar_page.ts";
import { splittable } from "../can_split.ts";
import { splitOff } from "../thread_actions.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** Of a message, to tell it by. */
const MAX_WORDS = 120;

/** With which message of the open conversation another begins. */
export function splitPage(model: WorkspaceModel): BarPage {
  return {
    title: "New conversation from",
    placeholder: "Find the message it begins with",
    items: () =>
      splittable(model, model.current.peek()?.id ?? null).map((message) => ({
        id: `split:${message.id}`,
        words: message.text.replace(/\s+/g, " ").trim().slice(0, MAX_WORDS) ||
          message.attachments.map(({ name }) => name).join(", "),
        detail: message.author.name,
        group: "Messages",
        icon: "split",
        run: () => void splitOff(model, message),
      })),
  };
}
