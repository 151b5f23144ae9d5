/** A test's inbox with an app of two connected pages, and its HTTP endpoint. */
import type { Principal } from "../../core/mod.ts";
import type { Message } from "../../core/model/message.ts";
import { keys } from "../../core/store/mod.ts";
import { hooks } from "../../routes/(_hooks)/mod.ts";
import { valueOf } from "./access.ts";
import { APP_SECRET, type PagedAdapter, pagedAdapter, VERIFY_TOKEN } from "./paged_adapter.ts";
import { openTestInbox, type TestInbox, type TestInboxOptions } from "./test_inbox.ts";

export const ROOT: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };

export interface PagedWorld extends PagedAdapter, AsyncDisposable {
  readonly inbox: TestInbox;
  readonly appId: string;
  /** Of page-1 and page-2. */
  readonly channelIds: readonly [string, string];
  addChannel(page: string, config?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Asks the endpoint of the app, or another address. */
  fetch(init?: RequestInit, path?: string): Promise<Response>;
  /** All messages of a channel's conversations, in the order they were stored. */
  messages(channelId: string): Promise<Message[]>;
}

/** Opens it; `await using world = await openPagedWorld()` closes it. */
export async function openPagedWorld(options: TestInboxOptions = {}): Promise<PagedWorld> {
  const paged = pagedAdapter();
  const adapters = [paged.adapter, ...options.adapters ?? []];
  const inbox = await openTestInbox({ ...options, adapters });
  const { core, store, inboxId } = inbox;
  const app = valueOf(
    await core.apps.create(ROOT, {
      adapter: "pages",
      name: "Our app",
      config: { secret: APP_SECRET, verifyToken: VERIFY_TOKEN },
    }),
  );
  const addChannel: PagedWorld["addChannel"] = async (page, config = {}) => {
    const input = { type: "paged", inboxId, name: page, appId: app.id };
    return valueOf(await core.channels.create(ROOT, { ...input, config: { page, ...config } })).id;
  };
  const channelIds = [await addChannel("page-1"), await addChannel("page-2")] as const;
  return {
    ...paged,
    inbox,
    appId: app.id,
    channelIds,
    addChannel,

    async fetch(init = {}, path = `/hooks/app/${app.id}`) {
      const request = new Request(`http://localhost:8000${path}`, init);
      // Of a request's state the hooks use the core alone.
      return await hooks.fetch(request, { core } as Parameters<typeof hooks.fetch>[1]);
    },

    async messages(channelId) {
      const found: Message[] = [];
      for await (const { value } of store.list(keys.conversations())) {
        if (value.channelId === channelId) found.push(...await inbox.thread(value.id));
      }
      return found.sort((a, b) => a.id < b.id ? -1 : 1);
    },

    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
    },
  };
}
