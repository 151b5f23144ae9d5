/** What happens to messages after they came: changed, taken back, reacted to, answered elsewhere; as an agent sees it. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { ApiChannel, ApiConversation, ApiMessage } from "../../core/model/api.ts";
import { assertNotReloaded, openWorkspace, rowOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtWidths } from "./look_at_page.ts";
import { startWorkspace } from "./test_workspace.ts";

const SECRET = "secret-of-the-program-0123456789-0123456789";
const PIETER = [{ kind: "external", value: "pieter", verified: true }];
const HINTS = [{ by: "thread", threadKey: "pieter", how: "Their chat" }];

/** Tells Parley of events as a program behind the API channel does. */
async function deliver(url: string, channelId: string, events: readonly object[]): Promise<void> {
  const body = JSON.stringify({
    events: events.map((event) => ({ occurredAt: Date.now(), ...event })),
  });
  const at = Math.floor(Date.now() / 1_000);
  const mac = createHmac("sha256", SECRET).update(`${at}.${body}`).digest("hex");
  const response = await fetch(`${url}/hooks/${channelId}`, {
    method: "POST",
    headers: { "content-type": "application/json", "parley-signature": `t=${at},v1=${mac}` },
    body,
  });
  assert(response.ok, `${response.status} ${await response.text()}`);
}

function wrote(externalId: string, text: string, more: object = {}): object {
  const sender = { identities: PIETER, name: "Pieter de Vries" };
  const parts = [{ kind: "text", text }];
  return { type: "message", externalId, direction: "in", sender, hints: HINTS, parts, ...more };
}

Deno.test({
  name: "an agent sees messages change, go, be liked and be answered elsewhere, without a reload",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { url, api, inboxId } = workspace;
    const channel = await api.call<ApiChannel>("/channels", {
      type: "api",
      inboxId,
      name: "Bike app",
      config: { url: "http://127.0.0.1:9/", secret: SECRET },
    });
    await deliver(url, channel.id, [
      wrote("m1", "Is the Corsa 3 still ther?"),
      wrote("m2", "My address is Keizersgracht 12"),
      wrote("o1", "It is, come by any time.", { direction: "echo_other", author: "Shop phone" }),
      wrote("m3", "Could you keep it until Thursday?"),
    ]);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    await rowOf(page, "Pieter de Vries").click();
    const thread = page.locator("main .thread-scroll");
    await thread.getByText("Keizersgracht").waitFor();

    await t.step(
      "a reply that was written elsewhere stands at our side, by its author",
      async () => {
        await thread.getByText("It is, come by any time.").waitFor();
        await thread.getByText("Shop phone").first().waitFor();
        await thread.getByText("not from Parley").waitFor();
      },
    );

    await t.step("an edit shows its text, and the earlier ones when asked", async () => {
      const at = Date.now();
      await deliver(url, channel.id, [
        {
          type: "message_updated",
          externalId: "e1",
          messageExternalId: "m3",
          text: "Could you keep it until Saturday?",
          occurredAt: at + 2,
        },
        {
          type: "message_updated",
          externalId: "e2",
          messageExternalId: "m3",
          text: "Could you keep it until Friday?",
          occurredAt: at + 1,
        },
      ]);
      await thread.getByText("Could you keep it until Saturday?").waitFor();
      await thread.getByText("Edited").click();
      const earlier = thread.getByRole("list", { name: "Earlier texts" });
      assert.deepEqual(await earlier.locator("li .prewrap").allTextContents(), [
        "Could you keep it until Thursday?",
        "Could you keep it until Friday?",
      ]);
    });

    await t.step("a deletion leaves a line; the list follows", async () => {
      await deliver(url, channel.id, [
        { type: "message_deleted", externalId: "d1", messageExternalId: "m2" },
      ]);
      await thread.getByText("This message was deleted").waitFor();
      assert.equal(await thread.getByText("Keizersgracht").count(), 0);
      await page.getByRole("region", { name: "Conversations" })
        .getByText("Could you keep it until Saturday?").waitFor();
    });

    await t.step("reactions come and go", async () => {
      const reaction = (externalId: string, emoji: string | null, messageExternalId: string) => ({
        type: "reaction",
        externalId,
        messageExternalId,
        emoji,
        identities: PIETER,
      });
      await deliver(url, channel.id, [reaction("r1", "❤️", "o1"), reaction("r2", "👍", "m3")]);
      await thread.locator(".reaction").nth(1).waitFor();
      assert.equal(await thread.getByTitle("Pieter de Vries").count(), 2);
      await lookAtWidths(page, "message-news");
      // Buttons that wait unseen take no room: one line, as far to the side as its bubble.
      const line = await thread.locator(".bubbles-meta", { hasText: "Shop phone" }).boundingBox();
      const bubble = await thread.locator(".bubble", { hasText: "come by any time" }).boundingBox();
      assert(line && bubble && line.height <= 24, `${line?.height}`);
      assert.equal(line.x + line.width, bubble.x + bubble.width);
      await page.setViewportSize({ width: 1440, height: 900 });
      await deliver(url, channel.id, [reaction("r3", null, "m3")]);
      await thread.locator(".reaction").nth(1).waitFor({ state: "detached" });
    });

    await t.step("the API tells the same", async () => {
      const { items: [row] } = await api.call<{ items: ApiConversation[] }>("/conversations");
      const { items } = await api.call<{ items: ApiMessage[] }>(
        `/conversations/${row?.id}/messages`,
      );
      const [, gone, outside, edited] = items;
      assert.deepEqual([gone?.text, gone?.attachments], ["", []]);
      assert(gone?.deletedAt !== undefined);
      assert.deepEqual([outside?.isOutside, outside?.kind, outside?.author.name], [
        true,
        "reply",
        "Shop phone",
      ]);
      assert.deepEqual(outside?.reactions?.map(({ emoji, name }) => [emoji, name]), [
        ["❤️", "Pieter de Vries"],
      ]);
      assert.deepEqual(edited?.earlierTexts?.map(({ text }) => text), [
        "Could you keep it until Thursday?",
        "Could you keep it until Friday?",
      ]);
      assert(edited?.editedAt !== undefined);
      assert.equal(edited?.reactions, undefined);
    });
    await assertNotReloaded(page);
    assert.deepEqual(errors, []);
  },
});
