import assert from "node:assert/strict";
import { z } from "zod";
import { type AnyAdapter, type VerifyResult, type WebhookPort } from "../channel/mod.ts";
import { scriptedAdapter } from "../../tests/fakes/scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "../../tests/fakes/test_inbox.ts";

const ROOT = { type: "token", id: "tok", name: "Root", role: "owner" } as const;

/** An adapter `posted` whose webhook does as given; it finds nothing in what it takes. */
function posted(webhook: Partial<WebhookPort<unknown>>): AnyAdapter {
  return {
    ...scriptedAdapter().adapter,
    id: "posted",
    config: z.strictObject({}),
    webhook: {
      contentTypes: ["text/plain"],
      maxBytes: 100,
      keepHeaders: [],
      verify: () => Promise.resolve<VerifyResult>({ ok: true }),
      parse: () =>
        Promise.resolve([{ type: "ignored", externalId: "x", occurredAt: 0, reason: "a test" }]),
      ...webhook,
    },
  };
}

async function withChannel(
  webhook: Partial<WebhookPort<unknown>>,
  run: (
    post: (body: string, type?: string) => ReturnType<TestInbox["core"]["inbound"]["receive"]>,
    inbox: TestInbox,
    channelId: string,
  ) => Promise<void>,
): Promise<void> {
  await using inbox = await openTestInbox({ adapters: [posted(webhook)] });
  const { inboxId, core } = inbox;
  const made = await core.channels.create(ROOT, { type: "posted", inboxId, name: "P", config: {} });
  assert(made.ok);
  const channelId = made.value.id;
  const post = (body: string, type = "text/plain") =>
    core.inbound.receive(channelId, requestOf(body, type), new AbortController().signal);
  await run(post, inbox, channelId);
}

function requestOf(body: string, type: string) {
  return {
    method: "POST",
    url: new URL("http://localhost/hooks/x"),
    headers: new Headers({ "content-type": type }),
    body: new TextEncoder().encode(body),
  };
}

Deno.test("receive() takes a proof that may be used once for one delivery only, also 20 times at once", async () => {
  const verify = () => Promise.resolve<VerifyResult>({ ok: true, once: "token-1" });
  await withChannel({ verify }, async (post) => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => post(`body ${i}`)));

    assert.equal(all.filter((one) => one.ok).length, 1);
    for (const one of all.filter((one) => !one.ok)) {
      assert.deepEqual(one, { ok: false, error: { code: "refused", reason: "replayed" } });
    }
  });
});

Deno.test("receive() answers the same bytes with a used proof as repeated: a retry, not a replay", async () => {
  const verify = () => Promise.resolve<VerifyResult>({ ok: true, once: "token-1" });
  await withChannel({ verify }, async (post) => {
    const first = await post("body");
    const again = await post("body");

    assert(first.ok && again.ok);
    assert.equal(again.value.isRepeated, true);
    assert.equal(again.value.journalId, first.value.journalId);
  });
});

Deno.test("receive() goes by what the channel's settings accept", async () => {
  const accepts = () => ({ contentTypes: ["application/json"], maxBytes: 200 });
  await withChannel({ accepts }, async (post) => {
    assert.equal((await post("x".repeat(150), "application/json")).ok, true);
    assert.deepEqual(await post("x".repeat(201), "application/json"), {
      ok: false,
      error: { code: "too_large", maxBytes: 200 },
    });
    assert.deepEqual(await post("x"), {
      ok: false,
      error: { code: "unsupported_type", accepts: ["application/json"] },
    });
  });
});

Deno.test("door().handshake() gives the adapter's answer, and null for what is to be received", async () => {
  const handshake: WebhookPort<unknown>["handshake"] = ({ body }) =>
    Promise.resolve(body.length === 0 ? new Response("hello") : null);
  await withChannel({ handshake }, async (_, { core }, channelId) => {
    const { signal } = new AbortController();
    const door = await core.inbound.door({ channelId });
    assert(door.ok);
    const ask = (body: string) => door.value.handshake(requestOf(body, "text/plain"), signal);

    assert.equal(await (await ask(""))?.text(), "hello");
    assert.equal(await ask("x"), null);
  });
});

Deno.test("door().refuses() what the headers show to be too large or of a wrong type", async () => {
  await withChannel({}, async (_, { core }, channelId) => {
    const door = await core.inbound.door({ channelId });
    assert(door.ok);
    const code = (headers: Record<string, string>) =>
      door.value.refuses(new Headers(headers))?.code ?? "none";

    assert.equal(door.value.maxBytes, 100);
    assert.equal(code({ "content-type": "Text/Plain; charset=utf-8" }), "none");
    assert.equal(code({ "content-type": "text/plain", "content-length": "101" }), "too_large");
    assert.equal(code({ "content-type": "application/json" }), "unsupported_type");
    assert.equal(code({}), "unsupported_type");
  });
});

Deno.test("door() knows no channel without a webhook, and none that is not there", async () => {
  await withChannel({}, async (_, { core }) => {
    for (const place of [{ channelId: "chn_none" }, { appId: "app_none" }]) {
      assert.deepEqual(await core.inbound.door(place), {
        ok: false,
        error: { code: "no_channel" },
      });
    }
  });
});
