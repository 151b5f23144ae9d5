/** What is sent while nobody answers leaves once somebody does: once, in order, beyond a reload and by its author alone. */
import assert from "node:assert/strict";
import {
  composerOf,
  openThread,
  openWorkspace,
  replyOffline,
  threadOf,
  writtenIn,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const NAME = "Giulia Ferrari";
/** The browser's own words on a server that is down. */
const NO_SERVER = /net::ERR_|Failed to fetch|Failed to load resource/;

Deno.test({
  name: "a reply sent without a connection waits, survives a reload, and leaves once by itself",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { id } = await addMailbox(workspace, 9);
    await postMail(workspace.url, id, {
      subject: "Forcellino",
      messageId: "offline@posta.example",
      text: "Vale la garanzia?",
    });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url, undefined, {
      serviceWorkers: "allow",
    });
    const { page } = agent;
    const thread = threadOf(page);

    await t.step("the page can be installed", async () => {
      const manifest = await page.locator("link[rel=manifest]").getAttribute("href");
      const answer = await page.request.get(manifest ?? "");
      const { icons, start_url } = await answer.json();
      assert.equal(answer.headers()["content-type"], "application/manifest+json");
      assert.equal(start_url, "/inbox");
      for (const { src } of icons) assert.equal((await page.request.get(src)).status(), 200, src);
      await page.evaluate(async () => void await navigator.serviceWorker.ready);
      // It rules this page, not only the next.
      await until(
        () => page.evaluate(() => navigator.serviceWorker.controller !== null),
        { what: "the service worker has the page" },
      );
    });

    await t.step("what is sent while the server is away waits in the thread", async () => {
      await openThread(page, NAME);
      await workspace.stop();
      await replyOffline(page, NAME, "Certo, vale.");
      await thread.getByText(/^Waits for a connection/).waitFor();
      await thread.getByText("1 message waits for a connection").waitFor();
      await assertGoodPage(page);
      await takePicture(page, "offline-waiting");
    });

    await t.step("what was taken back is in the composer again", async () => {
      await replyOffline(page, NAME, "E il trasporto?");
      await thread.getByText("2 messages wait for a connection").waitFor();
      await thread.getByRole("button", { name: "Take the last one back" }).press("Enter");
      await thread.getByText("1 message waits for a connection").waitFor();
      assert.equal((await writtenIn(composerOf(page, NAME))).trim(), "E il trasporto?");
    });

    await t.step("a reload says what is safe, and goes on by itself", async () => {
      await page.reload();
      await page.getByRole("heading", { name: "No connection" }).waitFor();
      await page.getByText("1 message you wrote is kept").waitFor();
      await assertGoodPage(page);
      await takePicture(page, "offline-page");

      await workspace.start();
      await thread.getByText("Certo, vale.").waitFor();
      await until(async () => {
        const [conversation] = await workspace.api.conversations();
        const messages = await workspace.api.messages(conversation?.id ?? "");
        return messages.some(({ text }) => text === "Certo, vale.");
      }, { what: "the reply has arrived", timeoutMs: 20_000 });
      await thread.getByText("waits for a connection").waitFor({ state: "detached" });
    });

    await t.step("it came once", async () => {
      await page.reload();
      await thread.getByText("Certo, vale.").waitFor();
      const [conversation] = await workspace.api.conversations();
      const messages = await workspace.api.messages(conversation?.id ?? "");
      assert.equal(messages.filter(({ kind }) => kind === "reply").length, 1);
    });

    assert.deepEqual(agent.errors.filter((line) => !NO_SERVER.test(line)), []);
  },
});
