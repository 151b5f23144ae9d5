/** One field that does everything, without a mouse. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openMailServer } from "../fakes/mail_server.ts";
import {
  composerOf,
  openThread,
  openWorkspace,
  rowOf,
  threadOf,
  write,
  writtenIn,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtWidths } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const PEOPLE = ["Ada Berg", "Ben Costa"] as const;

Deno.test({
  name: "Ctrl-K finds commands, people, conversations and places, and does what is chosen",
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
    const [ada, ben] = PEOPLE;
    const bar = page.getByRole("dialog", { name: "Command bar" });
    const option = (name: string | RegExp) => bar.getByRole("option", { name });
    const thread = threadOf(page);

    await t.step(
      "it opens while one writes, says what it acts on, and gives the text back",
      async () => {
        await openThread(page, ben);
        await composerOf(page, ben).focus();
        await page.keyboard.type("Hello");
        await page.keyboard.press("Control+k");
        await bar.getByText("Ben Costa, Order 1").waitFor();
        await lookAtWidths(page, "command-bar");
        await page.keyboard.press("Escape");
        await bar.waitFor({ state: "detached" });
        await page.keyboard.type(" Ben");
        await until(async () => await writtenIn(composerOf(page, ben)) === "Hello Ben");
        await write(composerOf(page, ben), "");
      },
    );

    await t.step(
      "a few letters find a command, Enter does it, and it is the first next time",
      async () => {
        await openBar(page, "asme");
        await until(async () => await activeOption(page) === "Assign to mei");
        await page.keyboard.press("Enter");
        await thread.getByText("assigned this to themselves").or(
          thread.getByText("took this"),
        ).or(page.getByText("Assigned to you")).first().waitFor();
        await page.keyboard.press("Control+k");
        await until(async () => await activeOption(page) === "Assign to mei");
        await bar.getByRole("group", { name: "Recent" }).waitFor();
        await page.keyboard.press("Escape");
      },
    );

    await t.step("a command that asks has a page of its own, Escape steps back", async () => {
      await openBar(page, "assign");
      await until(async () => await activeOption(page) === "Assign…a");
      await look(page, "command-bar");
      await page.keyboard.press("Enter");
      await option("Daan Smit").waitFor();
      await page.keyboard.press("Escape");
      await option(/^Reply/).waitFor();
      await page.keyboard.type("assign");
      await page.keyboard.press("Enter");
      await page.keyboard.type("daan");
      await until(async () => (await activeOption(page))?.includes("Daan Smit") ?? false);
      await page.keyboard.press("Enter");
      await until(async () => (await api.conversations()).some(({ assigneeId }) => assigneeId), {
        what: "it is assigned",
      });
      await thread.getByText("assigned this to Daan Smit").waitFor();
    });

    await t.step("a number opens its conversation, a name the latest of the person", async () => {
      const { number } = (await api.conversations()).find(({ contactName }) =>
        contactName === ada
      ) ??
        { number: 0 };
      await openBar(page, `#${number}`);
      await option(`Order 0 #${number}, ${ada}`).waitFor();
      await page.keyboard.press("Enter");
      await thread.getByRole("heading", { name: "Order 0" }).waitFor();
      await openBar(page, "Costa");
      await bar.getByRole("group", { name: "Contacts" }).getByRole("option").waitFor();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await thread.getByRole("heading", { name: "Order 1" }).waitFor();
    });

    await t.step("the sheet lists the keys and is searched", async () => {
      await page.keyboard.press("Escape");
      await openBar(page, "cheat");
      await page.keyboard.press("Enter");
      const sheet = page.getByRole("dialog", { name: "Keyboard" });
      await sheet.getByText("Assign to me").waitFor();
      await look(page, "cheat-sheet");
      await page.keyboard.type("latest");
      await sheet.getByText("Assign to me").waitFor({ state: "detached" });
      await sheet.getByText("Latest message").waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Escape");
      await sheet.waitFor({ state: "detached" });
    });

    await t.step("it leads to settings, and from there back", async () => {
      await openBar(page, "channels");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/settings/channels");
      await until(async () => {
        await page.keyboard.press("Control+k");
        return await bar.isVisible();
      }, { what: "the bar is open on a settings page" });
      await page.keyboard.type("mine");
      await until(async () => (await activeOption(page))?.startsWith("Assigned to me") ?? false);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/inbox/all/mine");
      await rowOf(page, ada).waitFor({ state: "detached" });
    });

    assert.deepEqual(errors, []);
  },
});

async function openBar(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").and(page.locator("dialog input")).waitFor();
  await page.keyboard.type(words);
}

async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  await lookAtWidths(page, name);
  await page.emulateMedia({ colorScheme: "light" });
  if (size !== null) await page.setViewportSize(size);
}

/** What Enter would do. */
async function activeOption(page: Page): Promise<string | null> {
  const active = page.locator("dialog [role=option][aria-selected=true]");
  return await active.count() === 0 ? null : await active.textContent();
}
