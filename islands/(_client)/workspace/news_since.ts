import type { ApiConversation, ApiMessage } from "../../../core/model/api.ts";

/** Who wrote since somebody began to, the latest of them. */
export interface News {
  readonly name: string;
  readonly verb: "wrote" | "replied" | "commented";
  readonly count: number;
}

/**
 * What came into a conversation since its author began to write. Changes of who has it are no news.
 * @param baseVersion the conversation's version then; null while nothing is written
 */
export function newsSince(
  { version }: Pick<ApiConversation, "version">,
  messages: readonly ApiMessage[],
  baseVersion: number | null,
  me: string,
): News | null {
  if (baseVersion === null || version <= baseVersion) return null;
  const newer = messages.filter(({ kind }) => kind !== "event").slice(baseVersion - version)
    .filter(({ author }) => author.id !== me);
  const last = newer.at(-1);
  if (last === undefined) return null;
  const verb = last.kind === "inbound"
    ? "wrote"
    : last.kind === "comment"
    ? "commented"
    : "replied";
  return { name: last.author.name, verb, count: newer.length };
}
