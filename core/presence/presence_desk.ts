import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { findConversation } from "../conversations/mod.ts";
import type { DraftNews, Drafts } from "../drafts/mod.ts";
import { type CoreError, notFound } from "../errors.ts";
import type { Presence } from "../events/mod.ts";
import { DraftKind } from "../model/draft.ts";
import { err, ok, type Result } from "../result.ts";
import { keys } from "../store/mod.ts";
import { Attendance, type PersonHere, type TabSign } from "./attendance.ts";
import { type DraftSign, sharePresence } from "./share_presence.ts";

/** Who of the team is where, and whose drafts change. */
export interface PresenceDesk {
  /**
   * A tab says what its user does in a conversation; `tab` is unique among the user's. Errors: not_found; forbidden
   * for tokens, which have no eyes, and for typing without the right to write.
   * @returns who else is there
   */
  say(
    principal: Principal,
    conversationId: string,
    sign: TabSign,
    tab: string,
  ): Promise<Result<readonly PersonHere[], CoreError>>;
  /** Everybody in a conversation. */
  readonly attendance: Pick<
    Attendance,
    "conversationIds" | "inboxOf" | "onChange" | "peopleIn"
  >;
  /** Whoever may not be there any more leaves. */
  checkAccess(): Promise<void>;
  /** Passes on what happened to a draft. */
  tellDraft(news: DraftNews): void;
  /** Calls `listener` with each draft that was saved or ended, here or in another process. */
  onDraft(listener: (news: DraftNews) => void): () => void;
  stop(): Promise<void>;
}

export interface PresenceServices {
  readonly typing: Pick<Presence, "typists" | "onTyping">;
  readonly refresh: (principal: Principal) => Promise<Principal | null>;
  /** As its author sees it, from the store; null when it is no more. */
  readonly readDraft: (sign: DraftSign) => ReturnType<Drafts["find"]>;
}

/** Presence in this process, shared with others on the same database. */
export function createPresenceDesk(
  { store, ports }: Pick<CoreContext, "store" | "ports">,
  { typing, refresh, readDraft }: PresenceServices,
): PresenceDesk {
  const attendance = new Attendance({ ports, typing, refresh });
  const listeners = new Set<(news: DraftNews) => void>();

  function heard(news: DraftNews): void {
    const { conversationId, userId, draft } = news;
    if (draft !== null) attendance.setDrafting(conversationId, userId, true);
    else void refreshDrafting(conversationId, userId);
    for (const listener of listeners) listener(news);
  }

  /** A reply was sent; the comment may still be unsent. */
  async function refreshDrafting(conversationId: string, userId: string): Promise<void> {
    const found = await store.getMany(
      DraftKind.options.map((kind) => keys.draft(conversationId, userId, kind)),
    );
    const now = ports.clock.now();
    const isDrafting = found.some((one) => one?.state === "kept" && one.expiresAt > now);
    attendance.setDrafting(conversationId, userId, isDrafting);
  }

  const shared = sharePresence({
    store,
    ports,
    attendance,
    async onDraft(sign) {
      heard({ ...sign, draft: await readDraft(sign) });
    },
  });

  return {
    attendance,

    async say(principal, id, sign, tab) {
      const conversation = await findConversation((key) => store.get(key), id);
      if (
        conversation === null ||
        !can(principal, "conversation.read", { inboxId: conversation.inboxId })
      ) {
        return err(notFound("conversation"));
      }
      const { id: conversationId, inboxId } = conversation;
      if (principal.type !== "user") return err({ code: "forbidden" });
      if (sign === "typing" && !can(principal, "conversation.write", { inboxId })) {
        return err({ code: "forbidden" });
      }
      const { id: userId } = principal.user;
      // Before the first sign, so that it says it all.
      if (sign !== "left" && !attendance.has(conversationId, userId)) {
        await refreshDrafting(conversationId, userId);
      }
      attendance.say({ conversationId, inboxId }, principal, tab, sign);
      return ok(attendance.peopleIn(conversationId).filter((person) => person.id !== userId));
    },

    checkAccess: () => attendance.checkAccess(),

    tellDraft(news) {
      heard(news);
      const { conversationId, userId, kind, draftId } = news;
      shared.tellDraft({ conversationId, userId, kind, draftId });
    },

    onDraft(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    async stop() {
      listeners.clear();
      await shared.stop();
      attendance.stop();
    },
  };
}
