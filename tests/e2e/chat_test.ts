/** A visitor writes on a shop's page, an agent answers, and nothing is lost by reloads, restarts or a lost network. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { ApiConversation } from "../../core/model/api.ts";
import {
  assertNotReloaded,
  composerOf,
  openThread,
  openWorkspace,
  reply,
  rowOf,
  threadOf,
} from "./agent_page.ts";
import { serveHostPage } from "./host_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { addChat, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { ask, openWidget, say, showWidget } from "./visitor_page.ts";

const LIST = "Ciao! The list of my bikes";
const OFFER = "the words of the offer";
/** The browser's own words on a server that is down, and the streams that end with it. */
const NO_SERVER = /net::ERR_|Failed to fetch|Failed to load resource/;

Deno.test({
  name: "a visitor on another site and an agent write to each other, across reloads and restarts",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const channel = await addChat(workspace);
    await using shop = serveHostPage(workspace.url, channel.id);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    await using outside = await browser.newContext({ locale: "en-GB" });
    outside.setDefaultTimeout(15_000);
    const visitor = await openWidget(outside, shop.url);
    const { page } = agent;
    const thread = threadOf(page);
    const name = "Visitor";
    let { frame } = visitor;

    await t.step("the agent sees what the visitor writes, without a reload", async () => {
      await ask(frame, "Do you have it in red?");
      await frame.getByText(/^Sent/).waitFor();
      await rowOf(page, name).waitFor();
      await openThread(page, name);
      await thread.getByText("Do you have it in red?").waitFor();
      await assertNotReloaded(page);
    });

    await t.step("each sees that the other is writing", async () => {
      await frame.getByRole("textbox", { name: "Write a message" }).pressSequentially("Or in b");
      await thread.getByText(/is (typing|writing)/).waitFor();
      await composerOf(page, name).pressSequentially("Yes");
      await frame.getByRole("img", { name: "Nora Visser is typing" }).waitFor();
      await takePicture(visitor.page, "widget-typing");
      await composerOf(page, name).fill("");
      await frame.getByRole("textbox", { name: "Write a message" }).fill("");
    });

    await t.step("the visitor sees the answer", async () => {
      await reply(page, name, "Yes, in red and blue.");
      await frame.getByText("Yes, in red and blue.").waitFor();
      await thread.getByText(/^(Sent|Delivered|Read)$/).first().waitFor();
      await takePicture(visitor.page, "widget-answer");
      await takePicture(page, "chat-thread");
    });

    await t.step("files go both ways", async () => {
      await frame.locator("input[type=file]").setInputFiles(textFile("bikes.txt", LIST));
      const theirs = thread.getByRole("link", { name: /bikes\.txt/ });
      assert.equal(await download(page, await theirs.getAttribute("href")), LIST);

      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith("/api/v1/attachments")),
        thread.getByLabel("Attach files").setInputFiles(textFile("offer.txt", OFFER)),
      ]);
      await thread.getByText("offer.txt").waitFor();
      await reply(page, name, "Here it is.");
      const ours = frame.getByRole("link", { name: /offer\.txt/ });
      const href = await ours.getAttribute("href");
      assert.equal(await download(visitor.page, new URL(href ?? "", workspace.url).href), OFFER);
    });

    await t.step("after a reload of both, all is still there", async () => {
      await Promise.all([page.reload(), visitor.page.reload()]);
      frame = await showWidget(visitor.page);
      await frame.getByText("Here it is.").waitFor();
      await frame.getByText("Do you have it in red?").waitFor();
      await frame.getByText("Yes, in red and blue.").waitFor();
      await thread.getByText("Do you have it in red?").waitFor();
      await thread.getByText("Yes, in red and blue.").waitFor();
    });

    await t.step("after a restart both go on, without a reload", async () => {
      await page.evaluate(() => Reflect.set(globalThis, "isSamePage", true));
      await workspace.stop();
      await workspace.start();
      await say(frame, "And in green?");
      await thread.getByText("And in green?").waitFor({ timeout: 30_000 });
      await reply(page, name, "Green comes in May.");
      await frame.getByText("Green comes in May.").waitFor({ timeout: 30_000 });
      await assertNotReloaded(page);
    });

    await t.step("what is written while the server is away arrives once it is back", async () => {
      await workspace.stop();
      await say(frame, "Are you there?");
      await frame.getByText("Waiting for connection").waitFor();
      await takePicture(visitor.page, "widget-offline");
      // Closed before anything could be sent: only the browser's storage knows of it.
      await visitor.page.close();
      await workspace.start();
      const again = await openWidget(outside, shop.url);
      await thread.getByText("Are you there?").waitFor({ timeout: 30_000 });
      await again.frame.getByText("Are you there?").first().waitFor();
      assert.equal(await countInbound(workspace, "Are you there?"), 1);
      assert.deepEqual(again.errors, []);
    });

    await t.step("it was one conversation all along, and nothing came twice", async () => {
      const conversations = await workspace.api.conversations();
      assert.equal(conversations.length, 1);
      for (const text of ["Do you have it in red?", "And in green?", "Are you there?"]) {
        assert.equal(await countInbound(workspace, text), 1, text);
      }
    });

    for (const errors of [agent.errors, visitor.errors]) {
      assert.deepEqual(errors.filter((line) => !NO_SERVER.test(line)), []);
    }
  },
});

Deno.test({
  name: "messages written without a network are delivered once each, in their order",
  ignore: findChromium() === null,
  async fn() {
    await using workspace = await startWorkspace();
    const channel = await addChat(workspace);
    await using shop = serveHostPage(workspace.url, channel.id);
    await using browser = await launchBrowser();
    await using outside = await browser.newContext({ locale: "en-GB" });
    outside.setDefaultTimeout(15_000);
    const { frame } = await openWidget(outside, shop.url);
    await ask(frame, "First");
    await frame.getByText(/^Sent/).waitFor();

    await outside.setOffline(true);
    await say(frame, "Second");
    await frame.getByText("You are offline.").waitFor();
    await say(frame, "Third");
    await frame.getByText("Waiting for connection").first().waitFor();
    assert.equal(await countInbound(workspace, "Second"), 0);
    await outside.setOffline(false);

    const texts = async () => {
      const [conversation] = await workspace.api.conversations();
      const messages = await workspace.api.messages(conversation?.id ?? "");
      return messages.filter(({ kind }) => kind === "inbound").map(({ text }) => text);
    };
    await until(async () => (await texts()).length === 3, { what: "all three arrived" });
    assert.deepEqual(await texts(), ["First", "Second", "Third"]);
    await frame.getByText("Waiting for connection").first().waitFor({ state: "detached" });
  },
});

function textFile(name: string, text: string) {
  return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
}

async function download(
  { request }: { readonly request: { get(url: string): Promise<{ text(): Promise<string> }> } },
  href: string | null,
): Promise<string> {
  return await (await request.get(href ?? "")).text();
}

async function countInbound({ api }: TestWorkspace, wanted: string): Promise<number> {
  const conversations: readonly Pick<ApiConversation, "id">[] = await api.conversations();
  const all = await Promise.all(conversations.map(({ id }) => api.messages(id)));
  return all.flat().filter(({ kind, text }) => kind === "inbound" && text === wanted).length;
}
