/** The inbox without a mouse. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { composerOf, openWorkspace, rowOf, threadOf, writtenIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const PEOPLE = ["Ada Berg", "Ben Costa", "Cleo Duran"] as const;

Deno.test({
  name: "the inbox can be worked by keyboard: j k Enter r c e a z g ?",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const { api, inboxId, url } = workspace;
    const channel = await addMailbox(workspace, mailServer.port);
    await addUser(workspace, {
      name: "Daan Smit",
      email: "daan@veloce.example",
      role: "agent",
      inboxIds: [inboxId],
    });
    // One after the other, so that the last one is the newest.
    for (const [index, name] of PEOPLE.entries()) {
      await postMail(url, channel.id, {
        from: `${name} <customer${index}@posta.example>`,
        subject: `Order ${index}`,
        messageId: `${index}@posta.example`,
        text: "When does it come?",
      });
      await until(async () => (await api.conversations()).length === index + 1);
    }
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    const [oldest, middle, newest] = PEOPLE;
    const thread = threadOf(page);
    const isFocused = (name: string) => until(() => hasFocus(page, name), { what: `on ${name}` });

    await t.step("j and k move, Enter opens", async () => {
      await rowOf(page, newest).waitFor();
      await page.keyboard.press("j");
      await isFocused(newest);
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await isFocused(oldest);
      await page.keyboard.press("k");
      await isFocused(middle);
      await page.keyboard.press("Enter");
      await thread.getByRole("heading", { name: "Order 1" }).waitFor();
    });

    await t.step("r answers, Escape leaves the text, c comments", async () => {
      await page.keyboard.press("r");
      await until(() => composerOf(page, middle).evaluate(isActive), {
        what: "the reply is typed",
      });
      // What is written stays words: "e" does not close, "j" does not move.
      await page.keyboard.type("je");
      assert.equal(await writtenIn(composerOf(page, middle)), "je");
      await page.keyboard.press("Escape");
      await page.keyboard.press("c");
      const comment = thread.getByRole("textbox", { name: "Comment" });
      await until(() => comment.evaluate(isActive), { what: "the comment is typed" });
      await page.keyboard.type("Looks easy");
      await page.keyboard.press("Control+Enter");
      await thread.getByText("Looks easy").waitFor();
      await page.keyboard.press("Escape");
    });

    await t.step("a assigns", async () => {
      await page.keyboard.press("a");
      const choice = page.getByRole("option", { name: "Daan Smit" });
      await choice.waitFor();
      await takePicture(page, "assign-menu");
      await page.keyboard.type("daan");
      await page.keyboard.press("Enter");
      await thread.getByText("assigned this to Daan Smit").waitFor();
    });

    await t.step("e closes, z takes it back", async () => {
      await page.keyboard.press("e");
      await thread.getByRole("button", { name: "Reopen" }).waitFor();
      await page.keyboard.press("z");
      await thread.getByRole("button", { name: "Close", exact: true }).waitFor();
      await until(
        async () => (await api.conversations()).every(({ status }) => status === "open"),
        {
          what: "it is open again",
        },
      );
    });

    await t.step("g m goes to mine, ? lists the keys", async () => {
      await page.keyboard.press("g");
      await page.keyboard.press("m");
      await page.waitForURL("**/inbox/all/mine");
      await page.keyboard.press("?");
      await page.getByRole("dialog").getByText("Assign to me").waitFor();
      await takePicture(page, "shortcuts");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    });

    assert.deepEqual(errors, []);
  },
});

function isActive(element: Element): boolean {
  return element === document.activeElement;
}

async function hasFocus(page: Page, name: string): Promise<boolean> {
  return await page.evaluate(() => document.activeElement?.textContent) === name;
}
