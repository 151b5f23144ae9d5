/** "Why is this here?" in words: each step of a message's trace with an icon and a title. */
import type { ApiMessage } from "../../../core/model/api.ts";
import type { IconName } from "../../(_components)/icon_names.ts";

export interface TraceReason {
  readonly icon: IconName;
  readonly title: string;
  readonly detail?: string | undefined;
}

const WORDS: Readonly<Record<string, { readonly icon: IconName; readonly title: string }>> = {
  contact_matched: { icon: "user", title: "A contact we know" },
  contact_created: { icon: "user", title: "A new contact" },
  conversation_matched: { icon: "merge", title: "Belongs to this conversation" },
  conversation_created: { icon: "chat", title: "A new conversation" },
  fallback_address: { icon: "warning", title: "The mailbox did not work" },
  hint_unknown: { icon: "split", title: "Its reference is not known here" },
  hint_refused: { icon: "shield", title: "Its reference was not trusted" },
  new_participant: { icon: "warning", title: "Somebody new in this conversation" },
  bounce: { icon: "warning", title: "A report on a mail's delivery" },
  subject_changed: { icon: "pencil", title: "The subject is another" },
  split_followed: { icon: "split", title: "What it answers was split off" },
  merge_followed: { icon: "merge", title: "Its conversation was merged" },
  thread_rule: { icon: "sliders", title: "A rule of the channel" },
  closed_long_ago: { icon: "history", title: "What it answers was closed long ago" },
  read_receipt: { icon: "eye", title: "A read receipt" },
  complaint: { icon: "warning", title: "A spam complaint" },
  automatic_mail: { icon: "bot", title: "Its headers say so" },
  lane: { icon: "list", title: "What sort of mail it is" },
  allow_list: { icon: "check", title: "On the allow list" },
  deny_list: { icon: "spam", title: "On the deny list" },
  known_contact: { icon: "user", title: "Somebody we have written to" },
  spam_verdict: { icon: "spam", title: "What the spam filter says" },
  sender_check: { icon: "shield", title: "Is the sender real?" },
  answered_by_mail: { icon: "mail", title: "Answered by mail" },
  answer_refused: { icon: "shield", title: "An answer by mail that was not sent" },
  reply_code_refused: { icon: "shield", title: "Its address was not trusted" },
  blocked: { icon: "spam", title: "The sender is blocked" },
  auto_reply: { icon: "bot", title: "An automatic reply" },
  written_elsewhere: { icon: "external", title: "Written outside of Parley" },
  payload: { icon: "code", title: "What the tapped button stands for" },
  referral: { icon: "link", title: "Where they came from" },
  own_address: { icon: "refresh", title: "From one of our own addresses" },
  automatic: { icon: "bot", title: "Written by a machine" },
};

/** Whether an agent's mail became this message: a reply, or a comment because it was not sent. */
export function isFromAgentsMail(trace: ApiMessage["trace"]): boolean {
  return trace.some(({ step }) => step === "answered_by_mail" || step === "answer_refused");
}

export function traceReasons(trace: ApiMessage["trace"]): readonly TraceReason[] {
  return trace.map(({ step, detail }) => {
    const words = WORDS[step];
    return {
      icon: words?.icon ?? "info",
      title: words?.title ?? sentence(step),
      detail: detail === "" ? undefined : detail,
    };
  });
}

/** A step this screen has no words for yet: "spam_checked" → "Spam checked". */
function sentence(step: string): string {
  const words = step.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
