/** A whole core with one inbox, one agent and one scripted channel, on a clock that stands still. */
import type { AnyAdapter, Capabilities, MessageEvent } from "../../core/channel/mod.ts";
import {
  type Core,
  createCore,
  type Dns,
  type PostInput,
  type Principal,
  readConfig,
  type SideThread,
} from "../../core/mod.ts";
import type { Conversation } from "../../core/model/conversation.ts";
import type { Message } from "../../core/model/message.ts";
import { keys, type Store } from "../../core/store/mod.ts";
import { type FakePorts, fakePorts, fakeTime } from "./ports.ts";
import { type ScriptedAdapter, scriptedAdapter } from "./scripted_adapter.ts";
import type { SearchIndex } from "../../core/search/mod.ts";
import { openTestStore } from "./store.ts";
import { unclosableKv } from "./unclosable_kv.ts";

export interface TestInbox extends ScriptedAdapter, AsyncDisposable {
  readonly core: Core;
  readonly store: Store;
  readonly ports: FakePorts;
  readonly channelId: string;
  readonly inboxId: string;
  readonly agent: Extract<Principal, { type: "user" }>;
  /** An inbound message from somebody; into `conversationId` when given. */
  write(
    text: string,
    options?: WriteOptions,
  ): Promise<{ conversationId: string; messageId: string; seq: number }>;
  /** A reply by the agent, to be sent by the jobs. */
  reply(conversationId: string, text: string, more?: Partial<PostInput>): Promise<Message>;
  conversation(id: string): Promise<Conversation>;
  /** Of one conversation, in order. */
  thread(id: string): Promise<Message[]>;
  /** Runs every job that is due. */
  runJobs(): Promise<void>;
  /** Another process on the same database, or the same one after a restart; only with `kv`. */
  startAnother(options?: {
    /** Its clock, which stands still; default: the first one's own. */
    readonly at?: number;
  }): Promise<Core>;
}

export interface WriteOptions {
  readonly conversationId?: string;
  readonly externalId?: string;
  readonly from?: string;
  readonly event?: Partial<MessageEvent>;
}

export interface TestInboxOptions {
  readonly capabilities?: Partial<Capabilities>;
  readonly adapters?: readonly AnyAdapter[];
  /** Environment besides `PARLEY_KV`. */
  readonly env?: Readonly<Record<string, string>>;
  /** The network; without it there is none. */
  readonly fetch?: typeof fetch;
  /** Name servers; without them none knows anything. */
  readonly dns?: Dns;
  /** A database that other processes use too; default: one of its own. */
  readonly kv?: Deno.Kv;
  /** Ended with the inbox; without it all is done in process. */
  readonly sideThread?: SideThread;
  /** In place of one of its own; closed with the inbox. */
  readonly searchIndex?: SearchIndex;
  /** In place of the fake ones. */
  readonly ports?: Partial<Pick<FakePorts, "systemMailer" | "fetchAt" | "resolve">>;
}

/** Opens it; `await using inbox = await openTestInbox()` closes it. */
export async function openTestInbox(
  {
    capabilities,
    adapters = [],
    env = {},
    fetch,
    dns,
    kv,
    sideThread,
    searchIndex,
    ports: given = {},
  }: TestInboxOptions = {},
): Promise<TestInbox> {
  const ports = fakePorts({
    ...given,
    ...fetch === undefined ? {} : { fetch },
    ...dns === undefined ? {} : { dns },
    ...sideThread === undefined ? {} : { sideThread },
  });
  const database = kv === undefined ? {} : {
    path: "http://kv.test",
    openKv: () => Promise.resolve(unclosableKv(kv)),
  };
  const { store } = await openTestStore({ ports, ...database });
  const config = readConfig({ PARLEY_KV: ":memory:", ...env });
  if (!config.ok) throw new Error(config.error.message);
  const scripted = scriptedAdapter(capabilities);
  const options = { ports, config: config.value, adapters: [scripted.adapter, ...adapters] };
  const core = createCore({
    store,
    ...options,
    ...searchIndex === undefined ? {} : { searchIndex },
  });
  await core.start();
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const made = await core.access.createUser(root, {
    name: "Nora Visser",
    email: "nora@parley.example",
    role: "agent",
    password: "correct horse battery",
    inboxIds: [],
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const inbox = await core.inboxes.create(root, { name: "Support", memberIds: [made.value.id] });
  if (!inbox.ok) throw new Error(JSON.stringify(inbox.error));
  const inboxId = inbox.value.id;
  const channel = await core.channels.create(root, {
    type: "scripted",
    inboxId,
    name: "Test",
    config: { token: "s" },
  });
  if (!channel.ok) throw new Error(JSON.stringify(channel.error));
  const agent = {
    type: "user",
    user: made.value,
    inboxIds: new Set([inboxId]),
    sessionHash: "",
  } as const;
  let written = 0;
  // What follows from all this is written now, not in the middle of a test.
  await core.notifications.drain();

  return {
    ...scripted,
    core,
    store,
    ports,
    inboxId,
    channelId: channel.value.id,
    agent,

    async write(
      text,
      { conversationId, externalId = `in-${++written}`, from = "ana@example.com", event = {} } = {},
    ) {
      const result = await core.inbound.ingest(channel.value.id, {
        type: "message",
        externalId,
        occurredAt: ports.clock.now(),
        direction: "in",
        sender: {
          identities: [{ kind: "email", value: from, verified: true }],
          name: from.split("@")[0],
        },
        hints: conversationId === undefined
          ? []
          : [{ by: "conversation", conversationId, how: "test" }],
        parts: [{ kind: "text", text }],
        ...event,
      });
      if (result?.kind !== "stored" && result?.kind !== "duplicate") {
        throw new Error(`Cannot write: ${JSON.stringify(result)}`);
      }
      return result;
    },

    async reply(conversationId, text, more = {}) {
      const input = { kind: "reply", text, ...more } as const;
      const posted = await core.messages.post(agent, conversationId, input);
      if (!posted.ok) throw new Error(`Cannot reply: ${JSON.stringify(posted.error)}`);
      return posted.value.message;
    },

    async conversation(id) {
      const found = await store.get(keys.conversation(id));
      if (found === null) throw new Error(`Cannot find conversation "${id}"`);
      return found;
    },

    async thread(id) {
      const found: Message[] = [];
      for await (const { value } of store.list(keys.messages(id))) found.push(value);
      return found;
    },

    async runJobs() {
      while (await core.jobs.drain(100) > 0);
    },

    async startAnother({ at } = {}) {
      if (kv === undefined) throw new Error("Cannot start another: the database is not shared");
      const own = at === undefined ? ports : { ...ports, ...fakeTime(at) };
      const opened = await openTestStore({ ports: own, ...database });
      const other = createCore({ ...opened, ...options, ports: own });
      await other.start();
      return other;
    },

    async [Symbol.asyncDispose]() {
      await core.stop();
    },
  };
}
