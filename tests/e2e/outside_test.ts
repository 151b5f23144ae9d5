/** Forwarding outside, and writing first: from the keyboard to real mail, and the answers back. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import { type MailServer, openMailServer, type ReceivedMail } from "../fakes/mail_server.ts";
import { openThread, openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtWidths } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
/** Longer than the ten seconds in which a mail can be taken back. */
const SENT_TIMEOUT_MS = 40_000;

Deno.test({
  name:
    "an agent forwards a mail outside and begins a conversation, by keyboard, and has the answers",
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
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    await openThread(page, GIULIA);

    await t.step("f tells somebody outside, and the thread says who sees it", async () => {
      await page.getByRole("heading", { name: "La mia bici" }).first().waitFor();
      await page.locator("body").press("f");
      const dialog = page.getByRole("dialog", { name: "Forward outside" });
      await dialog.waitFor();
      await page.keyboard.type("bob@ricambi.example,");
      await dialog.getByRole("button", { name: "Remove bob@ricambi.example" }).waitFor();
      await dialog.getByRole("textbox", { name: "Your words" }).focus();
      await page.keyboard.type("Hai il pezzo?");
      await look(page, "forward-dialog");
      await page.keyboard.press("Control+Enter");
      await dialog.waitFor({ state: "detached" });
      await aside(page).getByText("Only your team and bob@ricambi.example see this").waitFor();
    });

    await t.step("n begins a conversation; z takes it back with every word", async () => {
      await page.locator("body").press("n");
      const dialog = page.getByRole("dialog", { name: "New conversation" });
      await dialog.waitFor();
      await dialog.getByRole("combobox", { name: "To", exact: true }).focus();
      await page.keyboard.type("leo@posta.example,");
      await dialog.getByLabel("Subject").focus();
      await page.keyboard.type("La tua bici è pronta");
      await dialog.getByRole("textbox", { name: "Message" }).focus();
      await page.keyboard.type("Passa quando vuoi.");
      await look(page, "start-dialog");
      await page.keyboard.press("Control+Enter");
      await dialog.waitFor({ state: "detached" });
      await threadOf(page).getByText("Passa quando vuoi.").first().waitFor();
      await page.getByRole("button", { name: "Undo" }).last().waitFor();
      await page.locator("body").press("z");
      await dialog.waitFor();
      assert.equal(await dialog.getByLabel("Subject").inputValue(), "La tua bici è pronta");
      await dialog.getByText("Passa quando vuoi.").waitFor();
      await dialog.getByRole("textbox", { name: "Message" }).focus();
      await page.keyboard.press("Control+Enter");
      await dialog.waitFor({ state: "detached" });
    });

    await t.step("both mails leave, to nobody but those they are for", async () => {
      const forwarded = await mailTo(mailServer, "bob@ricambi.example");
      const first = await mailTo(mailServer, "leo@posta.example");
      assert.deepEqual([forwarded.to, first.to], [["bob@ricambi.example"], ["leo@posta.example"]]);
      const { subject, text = "" } = await PostalMime.parse(forwarded.raw);
      assert.equal(subject, "Fwd: La mia bici");
      assert.match(text, /Hai il pezzo\?[^]*Forwarded message[^]*è rotta/);
      await postMail(workspace.url, channel.id, {
        from: "Leo <leo@posta.example>",
        subject: "Re: La tua bici è pronta",
        messageId: "leo@posta.example",
        text: "Arrivo alle cinque.",
        headers: { "In-Reply-To": await messageIdOf(first) },
      });
      await threadOf(page).getByText("Arrivo alle cinque.").first().waitFor();
      await postMail(workspace.url, channel.id, {
        from: "Bob <bob@ricambi.example>",
        subject: "Re: Fwd: La mia bici",
        messageId: "bob@ricambi.example",
        text: "Quaranta euro.",
        headers: { "In-Reply-To": await messageIdOf(forwarded) },
      });
    });

    await t.step("the answer from outside is aside too, and can be answered there", async () => {
      await openThread(page, GIULIA);
      await aside(page).getByText("Quaranta euro.").first().waitFor();
      await look(page, "forward-thread");
      await aside(page).getByRole("button", { name: "Answer Bob" }).press("Enter");
      const dialog = page.getByRole("dialog", { name: "Answer outside" });
      await dialog.getByRole("button", { name: "Remove Bob" }).waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    });

    assert.deepEqual(errors, []);
  },
});

/** At three widths, in both themes. */
async function look(page: Page, name: string): Promise<void> {
  await lookAtWidths(page, name);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** What the customer never sees. */
function aside(page: Page) {
  return threadOf(page).locator(".comment");
}

async function mailTo(server: MailServer, address: string): Promise<ReceivedMail> {
  return await until(() => server.received.find(({ to }) => to.includes(address)), {
    what: `a mail to ${address}`,
    timeoutMs: SENT_TIMEOUT_MS,
  });
}

async function messageIdOf({ raw }: ReceivedMail): Promise<string> {
  return (await PostalMime.parse(raw)).messageId ?? "";
}
