/** What an agent does to a reply that waits for its time. */
import type { ApiMessage } from "../../../core/model/api.ts";
import { cidOf, type ComposerFile } from "./composer_state.ts";
import { fail } from "./fail.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** @param at epoch ms; undefined: it leaves now */
export async function reschedule(
  model: WorkspaceModel,
  message: ApiMessage,
  at: number | undefined,
): Promise<void> {
  model.toasts.dismissAbout(message.id);
  const answer = await model.threads.takeUnlessTold(() =>
    model.ports.api.rescheduleMessage(message.id, at)
  );
  if (!answer.ok) fail(model, at === undefined ? "Not sent" : "Not changed", answer.error);
}

/** Takes it back; its words, its form and its files are in the composer again. */
export async function takeBackScheduled(model: WorkspaceModel, message: ApiMessage): Promise<void> {
  const { api } = model.ports;
  model.toasts.dismissAbout(message.id);
  const whole = message.hasHtml ? await api.message(message.id) : null;
  if (whole !== null && !whole.ok) return fail(model, "Not taken back", whole.error);
  const canceled = await api.cancelMessage(message.id);
  if (!canceled.ok) return fail(model, "Not taken back", canceled.error);
  model.threads.take(canceled.value);
  const { conversationId } = message;
  const files = model.composers.adoptFiles(message.attachments);
  const version = model.conversations.get(conversationId)?.version ?? 0;
  model.composers.restore(conversationId, {
    text: message.text,
    html: whole === null ? null : withLocalPictures(whole.value.html ?? "", files),
    files,
  }, version);
  model.composeKind.value = "reply";
  model.composerFocus.value++;
}

/** Pictures as the composer calls them, in place of the addresses at which the server shows them. */
function withLocalPictures(html: string, files: readonly ComposerFile[]): string {
  return html.replaceAll(
    /(<img [^>]*?\bsrc=")([^"]*)"/g,
    (picture, before: string, src: string) => {
      const file = files.find(({ attachment }) =>
        attachment !== null && src.includes(`/attachments/${attachment.id}?`)
      );
      return file === undefined ? picture : `${before}cid:${cidOf(file)}"`;
    },
  );
}
