/**
 * Changes made here that the server has not answered yet, laid over what it last told. A late event about an older
 * state then cannot make a row flicker back.
 */
import type { ApiConversation } from "../../../core/model/api.ts";

/** Fields as they will be. */
export type LaidFields = Partial<ApiConversation>;

export interface PendingPatch {
  /** Unique in this tab. */
  readonly key: number;
  readonly patch: LaidFields;
}

/** By conversation, oldest first. */
export type Overlay = ReadonlyMap<string, readonly PendingPatch[]>;

export function addPatch(overlay: Overlay, id: string, pending: PendingPatch): Overlay {
  return new Map(overlay).set(id, [...overlay.get(id) ?? [], pending]);
}

export function removePatch(overlay: Overlay, id: string, key: number): Overlay {
  const rest = (overlay.get(id) ?? []).filter((pending) => pending.key !== key);
  const next = new Map(overlay);
  if (rest.length === 0) next.delete(id);
  else next.set(id, rest);
  return next;
}

/** The conversation as it will be when the server has answered. */
export function withOverlay(overlay: Overlay, conversation: ApiConversation): ApiConversation {
  const pending = overlay.get(conversation.id);
  if (pending === undefined) return conversation;
  return Object.assign({}, conversation, ...pending.map(({ patch }) => patch));
}
