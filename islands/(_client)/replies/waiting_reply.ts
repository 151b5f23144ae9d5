import type { ApiMessage, ApiMessageInput } from "@/core/model/api.ts";
import type { ComposerState } from "../workspace/composer_state.ts";

/** Of the lock over all pages and the service worker, and of that one's sync. */
export const REPLIES = "parley-replies";

/** What was sent while nobody answered: it leaves once somebody does. */
export interface WaitingReply {
  /** Of the message: the server takes it once, however often it comes. */
  readonly id: string;
  /** Who wrote it: nobody else's browser session sends it. */
  readonly userId: string;
  readonly conversationId: string;
  readonly input: ApiMessageInput & { readonly id: string; readonly draftId: string };
  /** As the thread shows it meanwhile. */
  readonly shown: ApiMessage;
  /** What goes back into the composer when it cannot be sent. */
  readonly state: ComposerState;
  /** Epoch ms. */
  readonly queuedAt: number;
}

/** Where they wait: beyond a reload, and a browser that is closed. */
export interface ReplyBox {
  /** Oldest first. */
  all(): Promise<readonly WaitingReply[]>;
  put(reply: WaitingReply): Promise<void>;
  remove(id: string): Promise<void>;
}
