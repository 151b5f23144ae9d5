/** What of a composer is kept as a draft, and a draft as a composer holds it. */
import type { ApiDraft } from "../../../core/model/api.ts";
import type { ApiDraftInput } from "../../../core/model/api_inputs.ts";
import { cidOf, type ComposerFile, type ComposerState } from "./composer_state.ts";

type Content = Pick<
  ApiDraftInput,
  "text" | "html" | "attachmentIds" | "mentions" | "recipients" | "history" | "quickReplies"
>;

/** The part of a composer's state that a draft says. */
export type RestoredDraft = Pick<
  ComposerState,
  | "text"
  | "html"
  | "files"
  | "mentions"
  | "recipients"
  | "history"
  | "quickReplies"
  | "baseVersion"
>;

/** Files that have not arrived yet are not part of it. Pictures are called by what the server calls them. */
export function draftContent(state: Omit<RestoredDraft, "baseVersion">): Content {
  const { text, files, mentions, recipients, history, quickReplies } = state;
  const arrived = files.flatMap((file) =>
    file.attachment === null ? [] : [{ cid: cidOf(file), id: file.attachment.id }]
  );
  const copy = (people: readonly { readonly name: string; readonly address: string }[]) =>
    people.map(({ name, address }) => ({ name, address }));
  const html = state.html === null ? null : arrived.reduce(
    (words, { cid, id }) => words.replaceAll(`"cid:${cid}"`, `"cid:${id}"`),
    state.html,
  );
  return {
    text,
    ...(html === null ? {} : { html }),
    attachmentIds: arrived.map(({ id }) => id),
    ...(mentions.length === 0 ? {} : {
      mentions: mentions.map(({ type, id, name }) => ({ type, id, name })),
    }),
    recipients: recipients &&
      { to: copy(recipients.to), cc: copy(recipients.cc), bcc: copy(recipients.bcc) },
    history,
    quickReplies: quickReplies.filter((title) => title.trim() !== ""),
  };
}

const NOTHING: RestoredDraft = {
  text: "",
  html: null,
  files: [],
  mentions: [],
  recipients: null,
  history: null,
  quickReplies: [],
  baseVersion: null,
};

/**
 * @param draft null: there is none
 * @param nextKey gives each file a key of this tab
 */
export function restoredDraft(draft: ApiDraft | null, nextKey: () => number): RestoredDraft {
  if (draft === null) return NOTHING;
  const { text, mentions = [], recipients, history, quickReplies, baseVersion } = draft;
  let html = draft.html ?? null;
  const files = draft.files.map(({ attachment, lost }): ComposerFile => {
    const key = nextKey();
    const called = `"cid:${attachment.id}"`;
    const isInline = html?.includes(called) === true;
    html = html?.replaceAll(called, `"cid:${cidOf({ key })}"`) ?? null;
    return {
      key,
      name: attachment.name,
      size: attachment.size,
      type: attachment.type,
      percent: 100,
      attachment,
      error: lost ? "Kept for a day only: add it again" : null,
      canRetry: false,
      isInline,
      localUrl: null,
    };
  });
  return { text, html, files, mentions, recipients, history, quickReplies, baseVersion };
}
