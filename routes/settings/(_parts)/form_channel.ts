import { HttpError } from "fresh";
import * as z from "zod";
import type { ChannelWithSecrets } from "@/core/mod.ts";
import { FormFields } from "@/core/model/form.ts";
import type { FormContent } from "@/islands/(_client)/form_builder/form_draft.ts";
import type { State } from "../../(_shared)/define.ts";
import { must } from "./must.ts";
import { userWho } from "./settings_frame.ts";

/** What of a channel's settings the builder edits, by the names of a `FormLook`. */
const Content = z.object({
  fields: FormFields,
  title: z.string(),
  intro: z.string(),
  submitLabel: z.string(),
  accentColor: z.string(),
});

export interface FormChannel {
  readonly channel: ChannelWithSecrets;
  readonly content: FormContent;
}

/** A channel with a form. @throws HttpError 404 for any other, 403 for who may not change it */
export async function formChannel(state: State, id: string): Promise<FormChannel> {
  const principal = userWho(state, "channel.manage");
  const channel = must(await state.core.channels.get(principal, id));
  const type = state.core.channels.types().find((one) => one.type === channel.type);
  if (type?.hasForm !== true) throw new HttpError(404);
  return { channel, content: Content.parse(channel.config) };
}
