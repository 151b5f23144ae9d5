/** A customer on Messenger, who does what customers do. */
import {
  attachmentsOf,
  type GraphWorld,
  type PageState,
  type PersonState,
  type StoredFile,
  type StoredMessage,
  tell,
  type WebhookField,
} from "./graph_world.ts";

/** What a message holds beside its text. */
export interface Written {
  /** `type`: image, audio, video or file. */
  readonly files?: readonly (StoredFile & { readonly kind: string })[];
  /** The payload of the quick reply that was tapped. */
  readonly quickReply?: string;
  /** The message it answers. */
  readonly replyTo?: string;
  readonly referral?: Readonly<Record<string, unknown>>;
  /** More of the message, as Meta words it. */
  readonly message?: Readonly<Record<string, unknown>>;
}

export interface GraphPerson {
  readonly psid: string;
  /** @returns the message's id */
  writes(text: string | null, more?: Written): string;
  edits(mid: string, text: string, times?: number): void;
  takesBack(mid: string): void;
  /** Null takes the reaction back. */
  reacts(mid: string, emoji: string | null): void;
  taps(title: string, payload: string, referral?: Readonly<Record<string, unknown>>): string;
  /** Comes back by a link of the Page. */
  comesBy(ref: string): void;
  /** Their device got everything so far; `withIds`: the event names the messages too. */
  gets(withIds?: boolean): void;
  /** Sees everything so far. */
  reads(): void;
  blocks(isBlocked?: boolean): void;
  /** Their last interaction was this long ago. */
  wasSilentFor(ms: number): void;
}

/** @param state the same person, as the stand-in keeps them */
export function graphPerson(world: GraphWorld, page: PageState, state: PersonState): GraphPerson {
  const { psid } = state;
  const event = (field: WebhookField, more: Readonly<Record<string, unknown>>) => {
    if (world.isInDevelopment && !state.isTester) return;
    tell(world, page, field, {
      sender: { id: psid },
      recipient: { id: page.id },
      timestamp: world.now(),
      ...more,
    });
  };
  const mine = (): readonly StoredMessage[] => page.messages.filter((one) => one.psid === psid);

  return {
    psid,

    writes(text, { files = [], quickReply, replyTo, referral, message = {} } = {}) {
      const mid = `m_${world.nextId()}-${psid}`;
      const attachments = files.map(({ kind, ...file }) => {
        const fileId = `${world.nextId()}`;
        world.files.set(fileId, file);
        return { type: kind, fileId };
      });
      state.lastSeenAt = world.now();
      page.messages.push({
        mid,
        psid,
        at: world.now(),
        fromPage: false,
        text,
        attachments,
        quickReplies: [],
        metadata: null,
        messagingType: null,
        tag: null,
        replyTo: replyTo ?? null,
      });
      event("messages", {
        message: {
          mid,
          ...text !== null && { text },
          ...attachments.length > 0 && { attachments: attachmentsOf(world, attachments) },
          ...quickReply !== undefined && { quick_reply: { payload: quickReply } },
          ...replyTo !== undefined && { reply_to: { mid: replyTo } },
          ...referral !== undefined && { referral },
          ...message,
        },
      });
      return mid;
    },

    edits(mid, text, times = 1) {
      event("message_edits", { message_edit: { mid, text, num_edit: times } });
    },

    takesBack(mid) {
      event("messages", { message: { mid, is_deleted: true } });
    },

    reacts(mid, emoji) {
      event("message_reactions", {
        reaction: emoji === null
          ? { mid, action: "unreact" }
          : { mid, action: "react", reaction: "other", emoji },
      });
    },

    taps(title, payload, referral) {
      const mid = `m_${world.nextId()}-${psid}`;
      state.lastSeenAt = world.now();
      event("messaging_postbacks", {
        postback: { mid, title, payload, ...referral !== undefined && { referral } },
      });
      return mid;
    },

    comesBy(ref) {
      state.lastSeenAt = world.now();
      event("messaging_referrals", {
        referral: { ref, source: "SHORTLINK", type: "OPEN_THREAD" },
      });
    },

    gets(withIds = true) {
      const mids = mine().filter(({ fromPage }) => fromPage).map(({ mid }) => mid);
      event("message_deliveries", {
        delivery: { ...withIds && { mids }, watermark: world.now() },
      });
    },

    reads() {
      event("message_reads", { read: { watermark: world.now() } });
    },

    blocks(isBlocked = true) {
      state.hasBlocked = isBlocked;
    },

    wasSilentFor(ms) {
      state.lastSeenAt = world.now() - ms;
    },
  };
}
