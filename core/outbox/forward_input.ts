/** What an agent passes on to somebody outside. */
export interface ForwardInput {
  /** Mail addresses, 1–20. Needed, but for the answer to a message from outside: its author then. */
  readonly to?: readonly string[] | undefined;
  /** The author's own words; may be empty where a message is passed on. */
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  /** The message that is passed on; one from outside is answered. Absent: the whole conversation. */
  readonly messageId?: string | undefined;
  /** The files of what is passed on go along. Default: true. */
  readonly withFiles?: boolean | undefined;
  /** Further files: uploads of the author's. */
  readonly attachmentIds?: readonly string[] | undefined;
  /** 0–30; default: the mailbox's. */
  readonly undoSeconds?: number | undefined;
}

/** People outside that one mail goes to. */
export const MAX_OUTSIDERS = 20;
