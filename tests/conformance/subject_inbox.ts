/** An inbox with a channel of the adapter under test. */
import assert from "node:assert/strict";
import type { AnyAdapter } from "../../core/channel/mod.ts";
import { keys } from "../../core/store/mod.ts";
import { openTestInbox, type TestInbox } from "../fakes/test_inbox.ts";
import type { Subject } from "./check.ts";
import { KIT_NOW } from "./kit_io.ts";
import { requestOf } from "./webhook_delivery.ts";

export interface SubjectInbox extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly channelId: string;
  /** Takes a delivery as the provider makes it, without what follows from it. */
  receive(body: string): Promise<void>;
  /** Takes it and runs all that is due. */
  take(body: string): Promise<void>;
  /** What an agent sees, conversation by conversation, in an order of its own. */
  seen(): Promise<readonly string[]>;
}

/** Opens it. @param adapter in place of the subject's */
export async function openSubjectInbox(
  { adapter: own, fixture }: Subject,
  adapter: AnyAdapter = own,
): Promise<SubjectInbox> {
  const { webhook } = fixture;
  assert.ok(webhook, "the fixture says nothing of the webhook");
  const provider = webhook;
  const inbox = await openTestInbox({ adapters: [adapter] });
  inbox.ports.clock.set(KIT_NOW);
  const root = { type: "token", id: "tok_root", name: "Root", role: "owner" } as const;
  const app = fixture.app === undefined ? null : await inbox.core.apps.create(root, {
    adapter: fixture.app.kind,
    name: "Conformance",
    config: fixture.app.config,
  });
  if (app?.ok === false) throw new Error(JSON.stringify(app.error));
  const made = await inbox.core.channels.create(root, {
    type: adapter.id,
    inboxId: inbox.inboxId,
    name: "Conformance",
    config: { ...fixture.config },
    ...app !== null && { appId: app.value.id },
  });
  assert.ok(made.ok, JSON.stringify(made));
  const channelId = made.value.id;

  async function receive(body: string): Promise<void> {
    const { signal } = new AbortController();
    const request = await requestOf(provider, body);
    const received = await inbox.core.inbound.receive(channelId, request, signal);
    assert.ok(received.ok, JSON.stringify(received));
  }

  return {
    inbox,
    channelId,
    receive,
    async take(body) {
      await receive(body);
      await inbox.runJobs();
    },
    async seen() {
      const all: string[] = [];
      for await (const { value } of inbox.store.list(keys.conversations())) {
        const lines = (await inbox.thread(value.id)).filter(({ kind }) => kind !== "event")
          .map(({ kind, author, text, status, attachments, deletedAt, editedAt, reactions = [] }) =>
            JSON.stringify([
              kind,
              author.name,
              text,
              status,
              attachments.length,
              deletedAt,
              editedAt,
              reactions.map(({ emoji, by, at }) => [emoji, by, at]),
            ])
          );
        all.push(lines.sort().join("\n"));
      }
      return all.sort();
    },
    [Symbol.asyncDispose]: () => inbox[Symbol.asyncDispose](),
  };
}
