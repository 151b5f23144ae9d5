/** Deliveries through a whole inbox. */
import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { openTestInbox } from "../fakes/test_inbox.ts";
import type { Check, Subject } from "./check.ts";
import { KIT_NOW } from "./kit_io.ts";
import { requestOf } from "./webhook_delivery.ts";

export const wholeChecks: readonly Check[] = [
  {
    name: "whole: deliveries that come twice and in any order leave the same",
    async run(subject) {
      const bodies = subject.fixture.webhook?.deliveries.map(({ body }) => body) ?? [];
      const once = await stateAfter(subject, bodies);
      assert.ok(once.length > 0, "nothing of the deliveries is stored");
      const twice = bodies.flatMap((body) => [body, `${body} `, body]);
      assert.deepEqual(await stateAfter(subject, twice), once, "twice");
      assert.deepEqual(await stateAfter(subject, bodies.toReversed()), once, "from the last");
      const turned = [...bodies.slice(1), ...bodies, ...bodies.slice(0, 1)];
      assert.deepEqual(await stateAfter(subject, turned), once, "out of order");
    },
  },
];

/** What an agent sees after some deliveries, in an order of its own. */
async function stateAfter(subject: Subject, bodies: readonly string[]): Promise<string[]> {
  const { adapter, fixture } = subject;
  const { webhook } = fixture;
  assert.ok(webhook, "the fixture says nothing of the webhook");
  await using inbox = await openTestInbox({ adapters: [adapter] });
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
  for (const body of bodies) {
    const { signal } = new AbortController();
    const request = await requestOf(webhook, body);
    const received = await inbox.core.inbound.receive(made.value.id, request, signal);
    assert.ok(received.ok, JSON.stringify(received));
    await inbox.runJobs();
  }
  const seen: string[] = [];
  for await (const { value: conversation } of inbox.store.list(keys.conversations())) {
    const lines = (await inbox.thread(conversation.id))
      .filter(({ kind }) => kind !== "event")
      .map(({ kind, author, text, status }) => [kind, author.name, text, status].join(" | "));
    seen.push(lines.sort().join("\n"));
  }
  return seen.sort();
}
