import { can, type Principal } from "../access/mod.ts";
import { type Attachments, isFreeUpload } from "../attachments/mod.ts";
import type { CoreContext } from "../context.ts";
import { findConversation } from "../conversations/mod.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import type { Conversation } from "../model/conversation.ts";
import type { DraftContent, DraftKind, DraftLine, KeptDraft } from "../model/draft.ts";
import { err, ok, type Result } from "../result.ts";
import { type AttachmentRecord, keys, transact } from "../store/mod.ts";
import { decideSave } from "./decide_save.ts";
import {
  checkContent,
  type DraftPlace,
  kindOf,
  pathOf,
  placeOf,
  readContent,
  writeDraft,
} from "./draft_content.ts";
import { endDraft, type EndedDraft } from "./end_draft.ts";
import { putLine } from "./put_line.ts";

/** What somebody writes, to be kept. */
export interface DraftInput {
  /** Chosen by the client, one for each message it writes; default: the one of the draft that is there. */
  readonly id?: string | undefined;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachmentIds?: readonly string[] | undefined;
  readonly mentions?: DraftContent["mentions"];
  readonly recipients?: DraftContent["recipients"] | undefined;
  readonly history?: boolean | null | undefined;
  readonly quickReplies?: readonly string[] | undefined;
  readonly baseVersion?: number | null | undefined;
  /** The tab that writes, and which of its saves this is: a save that comes late does not undo a later one. */
  readonly from?: KeptDraft["from"] | undefined;
  /** The draft's version this goes on from: what another tab wrote since is kept beside it. */
  readonly after?: number | undefined;
  /** What other tabs wrote is not wanted any more. */
  readonly dropsOthers?: boolean | undefined;
}

/** A draft with all it holds. */
export interface OwnDraft extends DraftContent {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: DraftKind;
  readonly version: number;
  readonly from: KeptDraft["from"];
  readonly updatedAt: number;
  /** Of `files`, those that were not kept any longer. */
  readonly lostFileIds: readonly string[];
}

/** That a colleague writes here, never what. */
export interface ColleagueDraft {
  readonly userId: string;
  readonly name: string;
  readonly kind: DraftKind;
  readonly updatedAt: number;
}

/** What happened to a draft: told to its author's other tabs, and to colleagues that it is there. */
export interface DraftNews extends DraftPlace {
  /** Null: it was sent or thrown away. */
  readonly draft: OwnDraft | null;
  /** The id it had. */
  readonly draftId: string;
}

/** The unsent messages of the team. Each is its author's alone; colleagues hear that there is one. */
export interface Drafts {
  /**
   * Keeps what a user writes. Errors: not_found, forbidden; invalid; too_large over 64 KiB of text; conflict when it
   * was sent already, or the conversation was merged into another.
   */
  save(
    principal: Principal,
    conversationId: string,
    kind: DraftKind,
    input: DraftInput,
  ): Promise<Result<OwnDraft, CoreError>>;
  /** Throws a draft away; with `version` only while it is that one. Errors: not_found, forbidden. */
  discard(
    principal: Principal,
    conversationId: string,
    kind: DraftKind,
    options?: { readonly version?: number | undefined },
  ): Promise<Result<null, CoreError>>;
  /** The caller's drafts in a conversation, and who else has one. Errors: not_found. */
  of(
    principal: Principal,
    conversationId: string,
  ): Promise<
    Result<
      { readonly items: readonly OwnDraft[]; readonly others: readonly ColleagueDraft[] },
      CoreError
    >
  >;
  /** First words of the caller's drafts, the latest first, in conversations they may answer. */
  lines(
    principal: Principal,
  ): Promise<
    readonly (DraftLine & { readonly conversationId: string; readonly kind: DraftKind })[]
  >;
  /** A user's draft, as they see it; null when it is no more. */
  find(place: DraftPlace): Promise<OwnDraft | null>;
  /** Tells of a draft that ended in another's commit (see {@link endDraft}). */
  tellEnded(ended: EndedDraft): void;
}

export interface DraftServices {
  readonly attachments: Pick<Attachments, "ownedBy">;
  readonly tell: (news: DraftNews) => void;
}

/** Nobody has more open; a list of them is read whole. */
const MAX_LINES = 500;

/** Drafts over the store. */
export function createDrafts(context: CoreContext, { attachments, tell }: DraftServices): Drafts {
  const { store, ports } = context;

  async function writable(
    principal: Principal,
    id: string,
  ): Promise<Result<Conversation, CoreError>> {
    const found = await store.get(keys.conversation(id));
    if (found === null || !can(principal, "conversation.read", { inboxId: found.inboxId })) {
      return err(notFound("conversation"));
    }
    const mayWrite = can(principal, "conversation.write", { inboxId: found.inboxId });
    return principal.type === "user" && mayWrite ? ok(found) : err({ code: "forbidden" });
  }

  async function show(
    place: DraftPlace,
    draft: KeptDraft,
    content: DraftContent,
  ): Promise<OwnDraft> {
    const { id, version, from, updatedAt } = draft;
    const { conversationId, kind } = place;
    const found = await store.getMany(content.files.map((file) => keys.attachment(file.id)));
    const now = ports.clock.now();
    const isHere = (file: AttachmentRecord | null) => file !== null && isFreeUpload(file, now);
    const lostFileIds = content.files.filter((_, i) => !isHere(found[i] ?? null))
      .map(({ id }) => id);
    return { ...content, id, conversationId, kind, version, from, updatedAt, lostFileIds };
  }

  return {
    async save(principal, conversationId, kind, input) {
      const conversation = await writable(principal, conversationId);
      if (!conversation.ok) return conversation;
      if (principal.type !== "user") return err({ code: "forbidden" });
      if (conversation.value.mergedIntoId !== undefined) {
        return err({ code: "conflict", message: "It was merged into another conversation" });
      }
      const checked = checkContent(input);
      if (!checked.ok) return checked;
      const place = { conversationId, userId: principal.user.id, kind };
      const ids = [...new Set(input.attachmentIds)];
      const by = { kind: "principal", principal } as const;
      const uploads = await Promise.all(ids.map((id) => attachments.ownedBy(by, id)));

      const saved = await transact(store, async (tx) => {
        const before = await tx.get(keys.draft(...pathOf(place)));
        const stored = before !== null && before.expiresAt > tx.now ? before : null;
        const content = stored?.state === "kept"
          ? await readContent((key) => tx.read(key), place, stored)
          : null;
        // A file that is gone by now was there when it was first named.
        const files = ids.map((id, i) => uploads[i] ?? content?.files.find((one) => one.id === id));
        const missing = files.indexOf(undefined);
        if (missing >= 0) {
          return err(invalid(`attachmentIds.${missing}`, "is not a file you uploaded"));
        }
        const decision = decideSave(stored, content, {
          id: input.id ?? (stored?.state === "kept" ? stored.id : ports.ids.next("drf")),
          from: input.from ?? { tab: "", n: (stored?.version ?? 0) + 1 },
          after: input.after,
          dropsOthers: input.dropsOthers ?? false,
          content: {
            text: input.text,
            ...input.html === undefined ? {} : { html: input.html },
            files: files.filter((file) => file !== undefined)
              .map(({ id, name, type, size }) => ({ id, name, type, size })),
            ...input.mentions === undefined ? {} : { mentions: input.mentions },
            recipients: input.recipients ?? null,
            history: input.history ?? null,
            quickReplies: input.quickReplies ?? [],
            baseVersion: input.baseVersion ?? null,
          },
        }, tx.now);
        switch (decision.kind) {
          case "ended":
            return err({ code: "conflict" as const, message: "This draft was sent already" });
          case "stale":
            return stored?.state === "kept" && content !== null
              ? ok({ draft: stored, content, isNew: false })
              : err({ code: "conflict" as const, message: "A newer one is being saved" });
          case "write": {
            const { draft } = decision;
            const written = writeDraft(tx, place, before, draft);
            if (!written.ok) return written;
            await putLine(tx, place, draft.content.text, draft);
            return ok({ draft, content: draft.content, isNew: true });
          }
        }
      }, { queue: queueOf(place) });
      if (!saved.ok) return saved;
      const { draft, content, isNew } = saved.value;
      const shown = await show(place, draft, content);
      if (isNew) tell({ ...place, draft: shown, draftId: draft.id });
      return ok(shown);
    },

    async discard(principal, conversationId, kind, { version } = {}) {
      const conversation = await writable(principal, conversationId);
      if (!conversation.ok) return conversation;
      if (principal.type !== "user") return err({ code: "forbidden" });
      const place = { conversationId, userId: principal.user.id, kind };
      const ended = await transact(store, async (tx) => {
        const stored = await tx.get(keys.draft(...pathOf(place)));
        if (stored?.state !== "kept") return null;
        if (version !== undefined && stored.version !== version) return null;
        return await endDraft(tx, place, stored.id);
      }, { queue: queueOf(place) });
      if (ended !== null) tell({ ...ended, draft: null });
      return ok(null);
    },

    async of(principal, id) {
      const conversation = await findConversation((key) => store.get(key), id);
      if (
        conversation === null ||
        !can(principal, "conversation.read", { inboxId: conversation.inboxId })
      ) {
        return err(notFound("conversation"));
      }
      const items: OwnDraft[] = [];
      const others: ColleagueDraft[] = [];
      const now = ports.clock.now();
      for await (const { path, value } of store.list(keys.draftsOf(conversation.id))) {
        if (value.state !== "kept" || value.expiresAt <= now) continue;
        const place = placeOf(path);
        if (principal.type === "user" && place.userId === principal.user.id) {
          const content = await readContent((key) => store.get(key), place, value);
          if (content !== null) items.push(await show(place, value, content));
        } else {
          const user = await store.get(keys.user(place.userId));
          if (!user?.active) continue;
          const { kind, userId } = place;
          others.push({ userId, name: user.name, kind, updatedAt: value.updatedAt });
        }
      }
      return ok({ items, others });
    },

    async lines(principal) {
      if (principal.type !== "user") return [];
      const now = ports.clock.now();
      const found = [];
      const range = keys.draftLines(principal.user.id);
      for await (const { path, value } of store.list(range, { limit: MAX_LINES })) {
        if (value.expiresAt <= now) continue;
        const [, , conversationId, kind] = path;
        found.push({ ...value, conversationId: String(conversationId), kind: kindOf(kind) });
      }
      const where = await store.getMany(
        found.map(({ conversationId }) => keys.conversation(conversationId)),
      );
      return found.filter((_, i) => {
        const inboxId = where[i]?.inboxId;
        return inboxId !== undefined && can(principal, "conversation.write", { inboxId });
      }).sort((a, b) => b.updatedAt - a.updatedAt);
    },

    async find(place) {
      const draft = await store.get(keys.draft(...pathOf(place)));
      if (draft?.state !== "kept" || draft.expiresAt <= ports.clock.now()) return null;
      const content = await readContent((key) => store.get(key), place, draft);
      return content === null ? null : await show(place, draft, content);
    },

    tellEnded: (ended) => tell({ ...ended, draft: null }),
  };
}

function queueOf({ conversationId, userId, kind }: DraftPlace): string {
  return `draft_${conversationId}_${userId}_${kind}`;
}
