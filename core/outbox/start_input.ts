/** What begins a conversation. */
export interface StartInput {
  /** The channel it is written by. */
  readonly channelId: string;
  /** With whom. Needed, but for letters to an address. */
  readonly contactId?: string | undefined;
  /** Letters only: mail addresses, the first of which is the contact's. Absent: the contact's first. */
  readonly to?: readonly string[] | undefined;
  readonly cc?: readonly string[] | undefined;
  readonly bcc?: readonly string[] | undefined;
  /** Letters only; at most 200 characters. */
  readonly subject?: string | undefined;
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly attachmentIds?: readonly string[] | undefined;
  /** Epoch ms. */
  readonly sendAt?: number | undefined;
  /** 0–30; default: the channel's. */
  readonly undoSeconds?: number | undefined;
}
