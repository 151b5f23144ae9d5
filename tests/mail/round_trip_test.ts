/** A mailbox whose mail is posted to it tests itself: the test mail leaves, comes back by the webhook, and stays out of sight. */
import assert from "node:assert/strict";
import { keys } from "../../core/store/mod.ts";
import { until } from "../e2e/until.ts";
import { openMailWorld } from "../fakes/mail_world.ts";

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
  const steps = Promise.race([
    all,
    until(async () => {
      inbox.ports.clock.advance(1_000);
      return await Promise.race([all, null]);
    }),
  ]);
  const ended = (await steps).flatMap((one) => one.kind === "ended" ? [one.step] : []);

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
