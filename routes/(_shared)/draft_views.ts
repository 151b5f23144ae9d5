/** Drafts as the API shows them. */
import type { ColleagueDraft, Drafts, OwnDraft } from "@/core/mod.ts";
import type { ApiDraft, ApiDraftLines, ApiDrafts } from "@/core/model/api.ts";
import { attachmentView, isoTime, type SignAttachment } from "./views.ts";

export async function draftView(draft: OwnDraft, sign: SignAttachment): Promise<ApiDraft> {
  const copy = (people: readonly { readonly name: string; readonly address: string }[]) =>
    people.map((one) => ({ ...one }));
  const { recipients } = draft;
  return {
    id: draft.id,
    conversationId: draft.conversationId,
    kind: draft.kind,
    version: draft.version,
    tab: draft.from.tab,
    text: draft.text,
    ...(draft.html !== undefined && { html: draft.html }),
    files: await Promise.all(draft.files.map(async (file) => ({
      attachment: await attachmentView(file, sign),
      lost: draft.lostFileIds.includes(file.id),
    }))),
    ...(draft.mentions !== undefined && {
      mentions: draft.mentions.map((mention) => ({ ...mention })),
    }),
    recipients: recipients &&
      { to: copy(recipients.to), cc: copy(recipients.cc), bcc: copy(recipients.bcc) },
    history: draft.history,
    quickReplies: [...draft.quickReplies],
    baseVersion: draft.baseVersion,
    others: draft.others.map(({ text, html }) => ({ text, ...(html !== undefined && { html }) })),
    updatedAt: isoTime(draft.updatedAt),
  };
}

export async function draftsView(
  { items, others }: {
    readonly items: readonly OwnDraft[];
    readonly others: readonly ColleagueDraft[];
  },
  sign: SignAttachment,
): Promise<ApiDrafts> {
  return {
    items: await Promise.all(items.map((draft) => draftView(draft, sign))),
    others: others.map((one) => ({ ...one, updatedAt: isoTime(one.updatedAt) })),
  };
}

export function draftLineView(
  { conversationId, kind, text, updatedAt }: Awaited<ReturnType<Drafts["lines"]>>[number],
): ApiDraftLines["items"][number] {
  return { conversationId, kind, text, updatedAt: isoTime(updatedAt) };
}
