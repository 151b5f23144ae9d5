import type { Message } from "../model/message.ts";
import { keys, type MessageText, type Store } from "../store/mod.ts";
import { readText } from "./body.ts";

/** Text is shown up to this; the rest is in the raw delivery or the frame. */
const MAX_TEXT = 100_000;

/** A message as it is shown. */
export interface ShownMessage extends Message {
  /** The texts it had before its author changed it, oldest first, each with its time. */
  readonly earlierTexts?: readonly MessageText[];
}

/** A message with the text that is shown of it, read from its blob where that is too long, and those it had before. */
export async function shownMessage(
  store: Pick<Store, "blobs" | "get">,
  message: Message,
): Promise<ShownMessage> {
  const [text, earlierTexts] = await Promise.all([
    message.bodyBlobId === undefined ? message.text : readText(store, message, MAX_TEXT),
    message.editedAt === undefined ? undefined : readEarlierTexts(store, message),
  ]);
  if (text === message.text && earlierTexts === undefined) return message;
  return { ...message, text, ...earlierTexts === undefined ? {} : { earlierTexts } };
}

async function readEarlierTexts(
  store: Pick<Store, "get">,
  { id, createdAt }: Message,
): Promise<readonly MessageText[]> {
  const texts = await store.get(keys.messageTexts(id));
  return texts === null ? [] : [{ text: texts.first, at: createdAt }, ...texts.later.slice(0, -1)];
}
