/** What of an event becomes the message's content: bodies, files and mail fields that have room, the large ones staged. */
import type { MessageEvent } from "../channel/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  BASE_BYTES,
  type Body,
  bytesOf,
  EMAIL_BYTES,
  FIELDS_BYTES,
  fitEmail,
  fitFields,
  prepareBody,
  type PreparedBody,
  TRACE_BYTES,
} from "../conversations/mod.ts";
import type { Channel } from "../model/channel.ts";
import type { FilledField } from "../model/form.ts";
import type { EmailFields, TraceStep } from "../model/message.ts";
import { filesOf, type StagedMedia, stageMedia } from "./media.ts";

/** What a message holds, as far as its record has room. */
export interface Content {
  readonly media: readonly StagedMedia[];
  readonly body: PreparedBody;
  readonly email: EmailFields | null;
  /** A form that was filled in. */
  readonly fields: readonly FilledField[] | null;
  /** Says what had no room. */
  readonly cut: readonly TraceStep[];
}

/**
 * Brings what is large into the store, before the commit that links it.
 * @param channel by which files that are only named can be had; without it they are left to the raw delivery
 */
export async function prepareContent(
  context: CoreContext,
  event: MessageEvent,
  channel?: Pick<Channel, "id" | "type">,
): Promise<Content> {
  const canFetch = context.adapters.get(channel?.type ?? "")?.media !== undefined;
  const { files, leftOut } = filesOf(event.parts, canFetch);
  const email = event.email === undefined ? null : fitEmail(event.email);
  const media = await stageMedia(context, files, channel?.id);
  const otherBytes = BASE_BYTES + TRACE_BYTES + bytesOf(files) +
    (email === null ? 0 : EMAIL_BYTES) + (event.fields === undefined ? 0 : FIELDS_BYTES);
  const body = await prepareBody(context.store, bodyOf(event), otherBytes);
  const cut = [
    ...leftOut === 0 ? [] : [leftOutStep(leftOut)],
    ...email?.isCut ? [CUT_STEP] : [],
  ];
  const fields = event.fields === undefined ? null : fitFields(event.fields);
  return { media, body, email: email?.email ?? null, fields, cut };
}

const CUT_STEP: TraceStep = {
  step: "mail_fields_cut",
  detail: "Too many recipients or references to show: the raw mail has all of them",
};

function leftOutStep(count: number): TraceStep {
  return {
    step: "files_left_out",
    detail: count === 1
      ? "A file is in the raw delivery only"
      : `${count} files are in the raw delivery only`,
  };
}

function bodyOf(event: MessageEvent): Body {
  const texts = event.parts.filter((part) => part.kind === "text");
  const html = texts.flatMap((part) => part.html === undefined ? [] : [part.html]).join("\n");
  const words = [...texts.map((part) => part.text), ...event.parts.flatMap(partInWords)];
  const text = words.join("\n").replaceAll("\0", "");
  return html === "" ? { text } : { text, html };
}

/** Parts without a place of their own in a thread are told in words. */
function partInWords(part: MessageEvent["parts"][number]): string[] {
  switch (part.kind) {
    case "text":
    case "media":
      return [];
    case "location":
      return [`${part.name ?? "Location"}: ${part.latitude}, ${part.longitude}`];
    case "contact_card":
      return [[part.name, ...part.phones, ...part.emails].join(", ")];
  }
}
