import type { Message } from "../model/message.ts";
import type { Store } from "../store/mod.ts";
import { readText } from "./body.ts";

/** Text is shown up to this; the rest is in the raw delivery or the frame. */
const MAX_TEXT = 100_000;

/** A message with the text that is shown of it: one too long for its record is read from its blob. */
export async function shownMessage(
  store: Pick<Store, "blobs">,
  message: Message,
): Promise<Message> {
  if (message.bodyBlobId === undefined) return message;
  return { ...message, text: await readText(store, message, MAX_TEXT) };
}
