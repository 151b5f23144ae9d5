/** What an agent or the API posts into a conversation. */
export interface PostInput {
  /** Chosen by the client: posting the same again answers the first result. */
  readonly id?: string | undefined;
  readonly kind: "reply" | "comment";
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly attachmentIds?: readonly string[] | undefined;
  /** Mail addresses. Absent: whoever wrote last; and in `cc` everybody else on the thread. */
  readonly to?: readonly string[] | undefined;
  readonly cc?: readonly string[] | undefined;
  readonly bcc?: readonly string[] | undefined;
  /** Answers the customer can tap; `payload`, which comes back, is the title unless given. Numbered lines where there are none. */
  readonly quickReplies?:
    | readonly { readonly title: string; readonly payload?: string | undefined }[]
    | undefined;
  /** Colleagues and teams a comment names. */
  readonly mentions?:
    | readonly { readonly type: "user" | "team"; readonly id: string }[]
    | undefined;
  /** In place of a text: one of the channel's approved templates. */
  readonly template?:
    | {
      readonly name: string;
      readonly language: string;
      readonly values?: readonly string[] | undefined;
    }
    | undefined;
  /** Quotes earlier mails below; absent: as the channel does. */
  readonly history?: boolean | undefined;
  /** Epoch ms. */
  readonly sendAt?: number | undefined;
  /** 0–30; default: the channel's. */
  readonly undoSeconds?: number | undefined;
  /** The author's draft it was: ended in the same commit. */
  readonly draftId?: string | undefined;
  /** The conversation version the author saw. */
  readonly ifVersion?: number | undefined;
}
