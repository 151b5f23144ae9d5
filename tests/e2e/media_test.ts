/** Files that a message only names: they come after it, or say why not and can be asked for again. */
import assert from "node:assert/strict";
import { drawPicture } from "../../core/admin/seed/draw_picture.ts";
import { hmacHex } from "../../core/channel/mod.ts";
import type { ApiChannel } from "../../core/model/api.ts";
import { assertNotReloaded, openThread, openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtWidths } from "./look_at_page.ts";
import { startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const SECRET = "secret-of-the-program-0123456789abcdef";

/** The other side's files: held until they are let go, gone until they are back. */
function openFiles(picture: Uint8Array<ArrayBuffer>) {
  const held = Promise.withResolvers<void>();
  let isBack = false;
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    if (pathname === "/held.png") await held.promise;
    return pathname !== "/held.png" && !isBack
      ? new Response("link expired", { status: 410 })
      : new Response(picture, { headers: { "content-type": "image/png" } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    asked,
    letGo: () => held.resolve(),
    bringBack: () => {
      isBack = true;
    },
    async [Symbol.asyncDispose]() {
      held.resolve();
      await server.shutdown();
    },
  };
}

Deno.test({
  name:
    "a file comes after its message; a missing one says why and is fetched again, without script too",
  ignore: findChromium() === null,
  async fn(t) {
    await using files = openFiles(drawPicture(24));
    await using workspace = await startWorkspace();
    const channel = await workspace.api.call<ApiChannel>("/channels", {
      type: "api",
      inboxId: workspace.inboxId,
      name: "App",
      config: { url: `${files.origin}/`, secret: SECRET },
    });
    await deliver(workspace, channel.id, [
      { name: "Receipt.png", type: "image/png", ref: `${files.origin}/held.png` },
      {
        name: "Front wheel, seen from the left side.png",
        type: "image/png",
        ref: `${files.origin}/gone.png`,
      },
    ]);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const thread = threadOf(page);

    await t.step("the message is there before its files", async () => {
      await openThread(page, "Ana Costa");
      await thread.getByText("Two pictures").waitFor();
      await thread.getByText("Loading…").first().waitFor();
      await until(() => files.asked.includes("/gone.png"), { what: "the files are asked for" });
    });

    await t.step("what the provider no longer has says so, and nothing has moved", async () => {
      await thread.getByText("No longer available").waitFor({ timeout: 30_000 });
      const loading = await thread.locator(".file", { hasText: "Receipt.png" }).boundingBox();
      const missing = await thread.locator(".file", { hasText: "Front wheel" }).boundingBox();
      assert.deepEqual([missing?.width, missing?.height], [loading?.width, loading?.height]);
      await lookAtWidths(page, "media-loading-missing");
    });

    await t.step("the other comes by itself", async () => {
      const card = thread.locator(".file", { hasText: "Receipt.png" });
      const before = await card.boundingBox();
      files.letGo();
      await thread.getByRole("link", { name: /Receipt\.png/ }).waitFor();
      const after = await card.boundingBox();

      assert.deepEqual([after?.height, after?.y], [before?.height, before?.y]);
      await card.locator("img").waitFor();
    });

    await t.step("without script it is asked for again, and is still gone", async () => {
      await using plain = await openWorkspace(browser, workspace.url, undefined, {
        javaScriptEnabled: false,
      });
      await plain.page.goto(page.url());
      await threadOf(plain.page).getByRole("button", { name: /^Try again: Front wheel/ }).click();
      await threadOf(plain.page).getByText("Loading…").waitFor();
      await thread.getByText("Loading…").waitFor();
      await thread.getByText("No longer available").waitFor({ timeout: 30_000 });
    });

    await t.step("once it is back, a press fetches it", async () => {
      files.bringBack();
      await thread.getByRole("button", { name: /^Try again: Front wheel/ }).click();
      await thread.getByRole("link", { name: /Front wheel/ }).waitFor();
      await lookAtWidths(page, "media-loaded");
    });

    await assertNotReloaded(page);
    assert.deepEqual(errors, []);
  },
});

async function deliver(
  { url }: TestWorkspace,
  channelId: string,
  files: readonly { readonly name: string; readonly type: string; readonly ref: string }[],
): Promise<void> {
  const events = [{
    type: "message",
    externalId: "m1",
    occurredAt: Date.now(),
    direction: "in",
    sender: { identities: [{ kind: "external", value: "u1", verified: true }], name: "Ana Costa" },
    hints: [{ by: "thread", threadKey: "u1", how: "her chat" }],
    parts: [
      { kind: "text", text: "Two pictures" },
      ...files.map((file) => ({ kind: "media", ...file })),
    ],
  }];
  const body = JSON.stringify({ events });
  const time = Math.floor(Date.now() / 1_000);
  const mac = await hmacHex(SECRET, new TextEncoder().encode(`${time}.${body}`));
  const answer = await fetch(`${url}/hooks/${channelId}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "parley-signature": `t=${time},v1=${mac}`,
    },
    body,
  });
  assert.equal(answer.status, 202, await answer.text());
}
