/** Threads taken apart and put together, by pointer, by keyboard and without script. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ApiConversation } from "../../core/model/api.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import {
  assertNotReloaded,
  composerOf,
  openThread,
  openWorkspace,
  rowOf,
  threadOf,
  write,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";

Deno.test({
  name: "a mail with a new subject is split off with one press, and merged back by keyboard",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, mailServer.port);
    await postMail(workspace.url, channel.id, {
      subject: "La mia bici",
      messageId: "first@posta.example",
      text: "Ciao, la mia bici è rotta.",
    });
    await conversationsOf(workspace, 1);
    await postMail(workspace.url, channel.id, {
      subject: "Fattura di marzo",
      messageId: "second@posta.example",
      text: "Dov'è la fattura di marzo?",
      headers: { "In-Reply-To": "<first@posta.example>" },
    });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const thread = threadOf(page);
    // Somebody else looks at the same conversation.
    await using colleague = await openWorkspace(browser, workspace.url);
    await openThread(colleague.page, GIULIA);
    const theirs = threadOf(colleague.page);

    await t.step("the changed subject is said at the mail", async () => {
      await openThread(page, GIULIA);
      await thread.getByText("New subject: Fattura di marzo").waitFor();
      await picturesOf(page, "thread-subject");
    });

    await t.step("one press makes a conversation of it, which a line leads to", async () => {
      await thread.getByRole("button", { name: "New conversation" }).click();
      await thread.getByText("made a conversation of its own out of what followed").waitFor();
      await until(async () => await thread.getByText("Dov'è la fattura").count() === 0, {
        what: "the mail is gone from here",
      });
      await theirs.getByText("made a conversation of its own out of what followed").waitFor();
      await until(async () => await theirs.getByText("Dov'è la fattura").count() === 0, {
        what: "the mail is gone from the colleague's screen",
      });
      await picturesOf(page, "thread-split");
      const [made] = (await conversationsOf(workspace, 2))
        .filter(({ subject }) => subject === "Fattura di marzo");
      assert.ok(made);
      await thread.getByRole("link", { name: `#${made.number}` }).click();
      await thread.getByText("Dov'è la fattura").waitFor();
      await thread.getByText("split this off from").waitFor();
    });

    await t.step("b chooses another conversation of the contact, Enter merges", async () => {
      await page.keyboard.press("Escape");
      await thread.getByRole("region", { name: "Messages" }).focus();
      await page.keyboard.press("b");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: /La mia bici/ }).waitFor();
      await assertGoodPage(page, "all");
      await picturesOf(page, "thread-merge");
      await page.keyboard.type("bici");
      await page.keyboard.press("Enter");
      await thread.getByText("merged this in:").waitFor();
      await thread.getByText("Dov'è la fattura").waitFor();
      await theirs.getByText("merged this in:").waitFor();
      await theirs.getByText("Dov'è la fattura").waitFor();
      await picturesOf(page, "thread-merged");
      await conversationsOf(workspace, 1);
    });

    await t.step("the merged one says where it went", async () => {
      await thread.getByText("merged this in:").getByRole("link").click();
      await thread.getByText(/^Merged into #/).waitFor();
      await picturesOf(page, "thread-gone");
      await thread.getByRole("link", { name: /^Open #/ }).click();
      await composerOf(page, GIULIA).waitFor();
    });

    await t.step("a message's menu splits too, by keyboard alone", async () => {
      const more = thread.locator("summary", { hasText: "More actions on this message" }).last();
      await more.focus();
      await page.keyboard.press("Enter");
      const split = thread.locator(".menu-item:focus", { hasText: "New conversation from here" });
      await until(async () => {
        await page.keyboard.press("ArrowDown");
        return await split.count() === 1;
      }, { what: "the arrows reach it" });
      await picturesOf(page, "thread-menu");
      await page.keyboard.press("Enter");
      await page.getByText(/Now a conversation of its own/).waitFor();
      await conversationsOf(workspace, 2);
    });
    await assertNotReloaded(colleague.page);
    assert.deepEqual([...errors, ...colleague.errors], []);
  },
});

Deno.test({
  name: "without script recipients are edited, and Always is a rule in the channel's settings",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, mailServer.port);
    await postMail(workspace.url, channel.id, {
      subject: "La mia bici",
      messageId: "first@posta.example",
      text: "Ciao, la mia bici è rotta.",
      headers: { Cc: "studio@navigli.example" },
    });
    await conversationsOf(workspace, 1);
    await postMail(workspace.url, channel.id, {
      subject: "Fattura",
      messageId: "second@posta.example",
      text: "E la fattura?",
      headers: { "In-Reply-To": "<first@posta.example>" },
    });
    await using browser = await launchBrowser();
    const options = { javaScriptEnabled: false };
    await using agent = await openWorkspace(browser, workspace.url, undefined, options);
    const { page } = agent;
    const thread = threadOf(page);

    await t.step("always split: the mail goes, and the settings say so", async () => {
      await rowOf(page, GIULIA).click();
      await picturesOf(page, "plain-thread");
      await thread.getByRole("button", { name: "Always" }).click();
      await conversationsOf(workspace, 2);
      await page.goto(`/settings/channels/${channel.id}`);
      await page.getByText("with a new subject begins a conversation of its own").waitFor();
      await page.getByText("Always split, always join").scrollIntoViewIfNeeded();
      await picturesOf(page, "thread-rules");
      await page.getByRole("button", { name: "Remove the rule for giulia@posta.example" }).click();
      await page.getByText("None yet").waitFor();
    });

    await t.step("To, Cc and Bcc are plain fields", async () => {
      const [first] = (await conversationsOf(workspace, 2))
        .filter(({ subject }) => subject === "La mia bici");
      await page.goto(`/inbox/all/open/${first?.id}`);
      const cc = page.getByLabel("Cc addresses", { exact: true });
      assert.equal(await cc.inputValue(), "studio@navigli.example");
      await cc.fill("nobody");
      await write(composerOf(page, GIULIA), "Arrivo");
      await thread.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByRole("alert").getByText(/no email address: nobody/).waitFor();
      assert.equal(await cc.inputValue(), "nobody");
      await page.getByLabel("Cc addresses", { exact: true }).fill(
        "luca@posta.example, Anna <anna@posta.example>",
      );
      await page.getByLabel("Bcc addresses").fill("boss@veloce.example");
      await picturesOf(page, "plain-recipients");
      await thread.getByRole("button", { name: "Send", exact: true }).click();
      await until(() => mailServer.received.length === 1, {
        what: "the mail leaves",
        timeoutMs: 25_000,
      });
      assert.deepEqual([...mailServer.received[0]?.to ?? []].sort(), [
        "anna@posta.example",
        "boss@veloce.example",
        "giulia@posta.example",
        "luca@posta.example",
      ]);
    });
  },
});

/** Open ones, once there are so many. */
async function conversationsOf(
  { api }: TestWorkspace,
  count: number,
): Promise<readonly ApiConversation[]> {
  await until(async () => (await api.conversations()).length === count, {
    what: `${count} conversations`,
  });
  return await api.conversations();
}

/** Pictures in three widths, light and dark, only kept where somebody asked for them. */
async function picturesOf(page: Page, name: string): Promise<void> {
  if (!Deno.env.has("TEST_PICTURES")) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1024, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await takePicture(page, `${name}-${width}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}
