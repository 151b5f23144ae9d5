import type { State } from "../../(_shared)/define.ts";
import { must } from "./must.ts";
import { userWho } from "./settings_frame.ts";

/** What settings can choose from, by the widget that asks for it. */
export async function fieldLists(state: State) {
  const { channels } = state.core;
  const mailTypes = new Set(
    // A form is answered by mail, and has no address to send it from.
    channels.types().filter(({ capabilities, hasForm }) => capabilities.email && !hasForm)
      .map(({ type }) => type),
  );
  const all = must(await channels.list(userWho(state, "channel.manage")));
  return {
    mail_channel: all.filter(({ type }) => mailTypes.has(type))
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}
