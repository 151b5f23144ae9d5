import { can, type Principal } from "../access/mod.ts";
import type { CoreContext } from "../context.ts";
import { type CoreError, invalid, notFound } from "../errors.ts";
import { plainSubject } from "../model/plain_subject.ts";
import type { ThreadRule } from "../model/thread_rule.ts";
import { err, ok, type Result } from "../result.ts";
import { keys, transact } from "../store/mod.ts";

/** Rules of one channel: each mail that may be meant looks at all of them. */
const MAX_RULES = 200;

/** What to do with a sender's mail from now on. */
export interface ThreadRuleInput {
  readonly action: ThreadRule["action"];
  /** A mail address. */
  readonly sender: string;
  /** Absent or null: whatever it is about. */
  readonly subject?: string | null | undefined;
}

/** What agents decided about senders' mail once and for all, by channel. */
export interface ThreadRules {
  /** Latest first. Errors: not_found. */
  list(principal: Principal, channelId: string): Promise<Result<readonly ThreadRule[], CoreError>>;
  /** The same decision again answers the first. Errors: not_found, forbidden, invalid, unsupported, conflict. */
  add(
    principal: Principal,
    channelId: string,
    input: ThreadRuleInput,
  ): Promise<Result<ThreadRule, CoreError>>;
  /** Errors: not_found, forbidden. */
  remove(principal: Principal, channelId: string, id: string): Promise<Result<null, CoreError>>;
}

/** Thread rules over the store. */
export function createThreadRules({ store, ports, adapters }: CoreContext): ThreadRules {
  async function check(
    principal: Principal,
    channelId: string,
    action: "conversation.read" | "conversation.write",
  ) {
    const channel = await store.get(keys.channel(channelId));
    if (channel === null || !can(principal, "conversation.read", channel)) {
      return err(notFound("channel"));
    }
    return can(principal, action, channel) ? ok(channel) : err({ code: "forbidden" as const });
  }

  async function all(channelId: string): Promise<readonly ThreadRule[]> {
    const rules: ThreadRule[] = [];
    for await (const { value } of store.list(keys.threadRules(channelId))) rules.push(value);
    return rules.sort((a, b) => b.createdAt - a.createdAt);
  }

  return {
    async list(principal, channelId) {
      const channel = await check(principal, channelId, "conversation.read");
      return channel.ok ? ok(await all(channelId)) : channel;
    },

    async add(principal, channelId, input) {
      const channel = await check(principal, channelId, "conversation.write");
      if (!channel.ok) return channel;
      if (adapters.get(channel.value.type)?.capabilities.email !== true) {
        return err({ code: "unsupported", message: "There are such rules for mail only" });
      }
      const sender = input.sender.trim().toLowerCase();
      const subject = input.subject == null ? null : plainSubject(input.subject).toLowerCase();
      if (subject === "") return err(invalid("subject", "is needed, or none at all"));
      return await transact<Result<ThreadRule, CoreError>>(store, async (tx) => {
        const rules = await all(channelId);
        const same = rules.find((rule) =>
          rule.action === input.action && rule.sender === sender && rule.subject === subject
        );
        if (same !== undefined) return ok(same);
        if (rules.length >= MAX_RULES) {
          const message = `The channel has ${MAX_RULES} such rules already: take some away first`;
          return err({ code: "conflict", message });
        }
        const rule: ThreadRule = {
          id: ports.ids.next("trl"),
          channelId,
          action: input.action,
          sender,
          subject,
          createdBy: principal.type === "user" ? principal.user.name : principal.name,
          createdAt: tx.now,
        };
        tx.insert(keys.threadRule(channelId, rule.id), rule);
        return await Promise.resolve(ok(rule));
      }, { queue: `thread rules ${channelId}` });
    },

    async remove(principal, channelId, id) {
      const channel = await check(principal, channelId, "conversation.write");
      if (!channel.ok) return channel;
      return await transact<Result<null, CoreError>>(store, async (tx) => {
        if (await tx.get(keys.threadRule(channelId, id)) === null) {
          return err(notFound("rule"));
        }
        tx.delete(keys.threadRule(channelId, id));
        return ok(null);
      });
    },
  };
}
