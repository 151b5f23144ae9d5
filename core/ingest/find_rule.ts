import type { MessageEvent } from "../channel/mod.ts";
import { plainSubject } from "../model/plain_subject.ts";
import type { ThreadRule } from "../model/thread_rule.ts";
import { keys, type Tx } from "../store/mod.ts";

/** The channel's rule for a mail of this sender about this; one that names the subject before one that does not. */
export async function findRule(
  tx: Pick<Tx, "list">,
  channelId: string,
  action: ThreadRule["action"],
  event: Pick<MessageEvent, "sender" | "email">,
): Promise<ThreadRule | null> {
  const rules: ThreadRule[] = [];
  for await (const { value } of tx.list(keys.threadRules(channelId))) {
    if (value.action === action) rules.push(value);
  }
  return matchRule(rules, event);
}

/** Pure. */
export function matchRule(
  rules: readonly ThreadRule[],
  { sender, email }: Pick<MessageEvent, "sender" | "email">,
): ThreadRule | null {
  const addresses = sender.identities.filter(({ kind }) => kind === "email")
    .map(({ value }) => value.toLowerCase());
  const subject = plainSubject(email?.subject ?? "").toLowerCase();
  const own = rules.filter((rule) => addresses.includes(rule.sender));
  return own.find((rule) => rule.subject === subject) ??
    own.find((rule) => rule.subject === null) ?? null;
}
