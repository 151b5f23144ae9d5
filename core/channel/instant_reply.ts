import { z } from "zod";
import type { AutoReplyFacts, AutoReplyOccasion } from "./adapter.ts";

const Text = z.string().trim().max(1_000);
const DEFAULT_TEXT =
  "Hello, and thank you for your message! Somebody of our team will answer you here as soon as possible.";

/**
 * Settings of a channel that greets whoever begins a conversation: an adapter spreads them into its config, and gives
 * {@link instantReply} as its `autoReply`. They are on from the moment the channel is connected.
 */
export const instantReplyFields = {
  isInstantReplyOn: z.boolean().default(true).meta({
    title: "Instant reply",
    help: "Greets everybody who begins a conversation, once.",
  }),
  instantReply: Text.default(DEFAULT_TEXT).meta({
    title: "Its text",
    widget: "textarea",
  }),
  instantReplies: z.array(z.strictObject({
    ref: z.string().trim().min(1).max(100).regex(
      /^[A-Za-z0-9_.-]+$/,
      "may have letters, digits, dots, dashes and underscores",
    ).meta({ title: "Name in the link" }),
    text: Text.min(1).meta({ title: "Text", widget: "textarea" }),
  })).max(30).refine(
    (replies) => new Set(replies.map(({ ref }) => ref)).size === replies.length,
    "has one name twice",
  ).default([]).meta({
    title: "Replies of their own, by direct link",
    help: "For buttons and mails: who comes by such a link is greeted with its text.",
  }),
} as const;

/** What of a config decides about instant replies. */
export interface InstantReplies {
  readonly isInstantReplyOn?: boolean;
  readonly instantReply?: string;
  readonly instantReplies?: readonly { readonly ref: string; readonly text: string }[];
}

/** The greeting for somebody who begins a conversation; null for none. Pure. */
export function instantReply(
  { isInstantReplyOn = false, instantReply = "", instantReplies = [] }: InstantReplies,
  occasion: AutoReplyOccasion,
  _at: number,
  { referral }: AutoReplyFacts,
): string | null {
  if (occasion !== "begun") return null;
  const own = instantReplies.find(({ ref }) => ref === referral);
  if (own !== undefined) return own.text;
  return isInstantReplyOn && instantReply !== "" ? instantReply : null;
}

/**
 * Links that open a conversation: the channel's own, then those of its replies.
 * @param urlOf the address with a name in it; null: without one
 */
export function instantReplyLinks(
  { instantReplies = [] }: InstantReplies,
  urlOf: (ref: string | null) => string,
): readonly DirectLink[] {
  return [
    { ref: null, url: urlOf(null) },
    ...instantReplies.map(({ ref }) => ({ ref, url: urlOf(ref) })),
  ];
}

/** An address that opens a conversation on a channel. */
export interface DirectLink {
  /** What the channel is told about who came by it; null: nothing. */
  readonly ref: string | null;
  readonly url: string;
}
