/** Mailboxes that others bring mail to test themselves: the test mail leaves, comes back, and stays out of sight. */
import assert from "node:assert/strict";
import { email } from "../../adapters/email/mod.ts";
import type { Principal } from "../../core/mod.ts";
import { ApiSetupStep } from "../../core/model/api_admin.ts";
import { keys } from "../../core/store/mod.ts";
import { until } from "../e2e/until.ts";
import { openMailWorld } from "../fakes/mail_world.ts";
import { openTestInbox } from "../fakes/test_inbox.ts";

Deno.test("a test mail that comes back by the webhook ends the test and becomes no conversation", async () => {
  await using world = await openMailWorld();
  const { inbox, server, root, channelId } = world;
  const { signal } = new AbortController();
  const news = await inbox.core.channels.test(root, channelId, { isWhole: true, signal });
  assert.ok(news.ok);
  const all = Array.fromAsync(news.value);
  // Both are sent, and the first look into the journal found nothing.
  await until(() => server.received.length === 2 && inbox.ports.clock.nextAlarmAt !== null);
  const journalIds: string[] = [];
  for (const { raw } of server.received) {
    journalIds.push(await world.post(new TextDecoder().decode(raw)));
  }
  const steps = await until(async () => {
    inbox.ports.clock.advance(1_000);
    return await Promise.race([all, null]);
  });
  const ended = steps.flatMap((one) => one.kind === "ended" ? [one.step] : []);

  assert.deepEqual(
    ended.filter(({ title }) => /come back|Reply codes/.test(title)).map((
      { ok, isWarning },
    ) => [ok, isWarning]),
    [[true, undefined], [true, undefined]],
  );
  const conversations = await Array.fromAsync(inbox.store.list(keys.conversations()));
  assert.deepEqual(conversations, []);
  const journal = await Promise.all(journalIds.map((id) => inbox.store.get(keys.journal(id))));
  assert.deepEqual(journal.map((record) => record?.state), ["ignored", "ignored"]);
  assert.match(journal[0]?.error ?? "", /test of this channel/);
});

Deno.test("a mailbox that Parley itself takes mail for tests itself over its own receiver", async () => {
  await using inbox = await openTestInbox({
    adapters: [email],
    env: {
      PARLEY_ALLOW_PRIVATE_HOSTS: "1",
      PARLEY_SMTP_LISTEN: "127.0.0.1:0",
      PARLEY_MAIL_DOMAIN: "in.veloce.example",
    },
  });
  const listening = await inbox.core.listen(null);
  assert.ok(listening.ok && listening.value !== null);
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const made = await inbox.core.channels.create(root, {
    type: "email",
    inboxId: inbox.inboxId,
    name: "Support",
    config: {
      address: "support@in.veloce.example",
      inbound: { kind: "receiver" },
      outbound: { kind: "smtp", host: "127.0.0.1", port: listening.value, security: "none" },
    },
  });
  assert.ok(made.ok);
  const { signal } = new AbortController();
  const news = await inbox.core.channels.test(root, made.value.id, { isWhole: true, signal });
  assert.ok(news.ok);
  const all = Array.fromAsync(news.value);
  const steps = await until(async () => {
    await inbox.runJobs();
    inbox.ports.clock.advance(500);
    return await Promise.race([all, null]);
  });

  const ended = steps.flatMap((one) => one.kind === "ended" ? [ApiSetupStep.parse(one.step)] : []);
  assert.deepEqual(
    ended.filter(({ title }) => /yourself|come back|Reply codes/.test(title))
      .map(({ ok, isWarning = false }) => ok && !isWarning),
    [true, true, true],
  );
  assert.deepEqual(await Array.fromAsync(inbox.store.list(keys.conversations())), []);
});
