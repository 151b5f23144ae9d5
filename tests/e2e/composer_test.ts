/** Writing with a form: the editor that comes late, what is pasted, pictures among the words, and what the customer gets. */
import assert from "node:assert/strict";
import PostalMime from "postal-mime";
import type { Page } from "playwright-core";
import { openMailServer } from "../fakes/mail_server.ts";
import { composerOf, openThread, openWorkspace, threadOf, writtenIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
const SENT_TIMEOUT_MS = 30_000;

Deno.test({
  name:
    "a reply by mail is written with a form: typed while the editor loads, formatted, pasted, with pictures",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const { api, inboxId, url } = workspace;
    await addUser(workspace, {
      name: "Daan Smit",
      email: "daan@veloce.example",
      role: "agent",
      inboxIds: [inboxId],
    });
    const channel = await addMailbox(workspace, mailServer.port);
    await postMail(url, channel.id, {
      from: `${GIULIA} <giulia@posta.example>`,
      subject: "Cambio",
      messageId: "1@posta.example",
      text: "Quando arriva?",
    });
    await until(async () => (await api.conversations()).length === 1);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    const thread = threadOf(page);
    const composer = composerOf(page, GIULIA);
    const rich = thread.locator(".rich-text");
    const html = () => rich.evaluate((root) => root.innerHTML);
    await openThread(page, GIULIA);

    await t.step(
      "what is typed while the editor is on its way is kept, and the caret too",
      async () => {
        let release = () => {};
        const held = new Promise<void>((resolve) => release = resolve);
        await page.route("**/RichText-*.js", async (route) => {
          await held;
          await route.continue();
        });
        await page.keyboard.press("r");
        await page.keyboard.type("Ciao Giulia,\narrivaa sabato");
        for (let i = 0; i < " sabato".length + 1; i++) await page.keyboard.press("ArrowLeft");
        assert.equal(await rich.count(), 0);
        release();
        await rich.waitFor();
        await page.keyboard.press("Delete");
        await page.keyboard.type(" di");
        assert.equal(await writtenIn(composer), "Ciao Giulia,\narriva di sabato");
      },
    );

    await t.step("keys give a form, buttons show it", async () => {
      await page.keyboard.press("Control+End");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Control+b");
      await page.keyboard.type("alle 10");
      await until(() => thread.getByRole("button", { name: "Bold" }).evaluate(isPressed));
      await page.keyboard.press("Control+b");
      await page.keyboard.type(" in punto");
      for (let i = 0; i < "punto".length; i++) await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press("Control+k");
      await thread.getByRole("dialog", { name: "Link" }).waitFor();
      await page.keyboard.type("veloce.example/orari");
      await page.keyboard.press("Enter");
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Control+Shift+8");
      await page.keyboard.type("la forcella");
      await takePicture(page, "composer-rich");
      assert.match(
        await html(),
        /<b>alle 10<\/b> in <a href="https:\/\/veloce\.example\/orari">punto<\/a>/,
      );
      assert.match(await html(), /<ul><li>la forcella(?:<br>)?<\/li><\/ul>/);
    });

    await t.step("what is pasted keeps its form, and nothing that runs or loads", async () => {
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await paste(page, {
        "text/html": '<p class="MsoNormal"><b>Prezzo</b><img src="https://t.example/x.gif" ' +
          'onerror="alert(1)"> <a href="javascript:alert(1)">qui</a></p><script>alert(1)</script>',
        "text/plain": "Prezzo qui",
      });
      await until(async () => (await html()).includes("Prezzo"));
      assert.match(await html(), /<div><b>Prezzo<\/b> qui(?:<br>)?<\/div>/);
    });

    await t.step("a pasted picture stands among the words", async () => {
      await pastePicture(page);
      await rich.locator("img[data-cid]").waitFor();
      await until(async () => await thread.locator(".composer-file").count() === 0, {
        what: "the picture has arrived",
      });
      await page.keyboard.type(" :thumb");
      await thread.getByRole("option", { name: /thumbs up/ }).waitFor();
      await page.keyboard.press("Enter");
      await takePicture(page, "composer-picture");
    });

    await t.step("the customer gets all of it, in text and HTML", async () => {
      await page.keyboard.press("Control+Enter");
      await until(() => mailServer.received.length === 1, {
        what: "the mail arrives",
        timeoutMs: SENT_TIMEOUT_MS,
      });
      const mail = await PostalMime.parse(mailServer.received[0]!.raw);
      assert.match(mail.html ?? "", /<b>alle 10<\/b> in <a href="https:\/\/veloce/);
      assert.match(mail.html ?? "", /<li>la forcella/);
      assert.match(mail.html ?? "", /<img [^>]*src="cid:att_\w+"/);
      assert.match(mail.text ?? "", /alle 10 in punto <https:\/\/veloce\.example\/orari>/);
      assert.match(mail.text ?? "", /Ciao Giulia,\s+arriva di sabato/);
      assert.equal(mail.attachments[0]?.mimeType, "image/png");
      assert.equal(mail.attachments[0]?.disposition, "inline");
      assert.equal(await writtenIn(composer), "");
      const frame = thread.frameLocator("iframe").last();
      await frame.getByText("la forcella").waitFor();
      await until(() => frame.locator("img").evaluate(isLoaded), { what: "the picture shows" });
      await takePicture(page, "composer-sent");
    });

    await t.step("a comment calls a colleague by name", async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("c");
      const comment = thread.getByRole("textbox", { name: "Comment" });
      await until(() => comment.evaluate(isActive), { what: "the comment is written" });
      await page.keyboard.type("Can you look, @sm");
      await thread.getByRole("option", { name: "Daan Smit" }).waitFor();
      await takePicture(page, "composer-mention");
      await page.keyboard.press("Tab");
      await comment.locator("bdi", { hasText: "@Daan Smit" }).waitFor();
      await page.keyboard.type("please?");
      await page.keyboard.press("Control+Enter");
      await thread.locator(".comment .mention", { hasText: "@Daan Smit" }).waitFor();
      const [conversation] = await api.conversations();
      const said = await until(async () =>
        (await api.messages(conversation?.id ?? "")).find(({ mentions }) => mentions !== undefined)
      );
      assert.equal(said.text, "Can you look, @Daan Smit please?");
      assert.deepEqual(said.mentions?.map(({ name }) => name), ["Daan Smit"]);
    });

    await t.step("a reply leaves later, at another time, comes back, and leaves now", async () => {
      const later = async (when: string) => {
        await page.getByTitle("More ways to send").press("Enter");
        const field = thread.getByRole("textbox", { name: "Another time, in words" });
        await field.pressSequentially(when);
        await takePicture(page, "composer-later");
        await field.press("Enter");
        await thread.getByText(/Scheduled for/).first().waitFor();
      };
      await page.keyboard.press("Escape");
      await page.keyboard.press("r");
      await until(() => composer.evaluate(isActive), { what: "the reply is written" });
      await page.keyboard.press("Control+b");
      await page.keyboard.type("A dopo");
      await later("in 50 h");
      await thread.locator(".scheduled summary").press("Enter");
      await thread.locator(".scheduled").getByRole("button", { name: /Tomorrow/ }).press("Enter");
      await thread.getByText("Scheduled for Tomorrow 09:00").waitFor();
      await takePicture(page, "composer-scheduled");
      await thread.getByRole("button", { name: "Cancel", exact: true }).press("Enter");
      await until(async () => await writtenIn(composer) === "A dopo", { what: "it is back" });
      assert.match(await html(), /<b>A dopo<\/b>/);
      await later("in 2 days");
      await thread.getByRole("button", { name: "Send now" }).press("Enter");
      await until(() => mailServer.received.length === 2, {
        what: "the mail arrives",
        timeoutMs: SENT_TIMEOUT_MS,
      });
      const mail = await PostalMime.parse(mailServer.received[1]!.raw);
      assert.match(mail.html ?? "", /<b>A dopo<\/b>/);
    });

    await t.step("Send and snooze asks until when, once it is on its way", async () => {
      await composer.focus();
      await page.keyboard.type("Ti faccio sapere");
      await page.getByTitle("More ways to send").press("Enter");
      await thread.getByRole("button", { name: "Send and snooze" }).press("Enter");
      const until = page.getByRole("combobox", { name: "Snooze until" });
      await until.waitFor();
      await until.fill("tomorrow");
      await until.press("Enter");
      await thread.getByText(/Snoozed/).first().waitFor();
    });

    // The browser itself reports the handler of the paste, which it was asked to read and not to run.
    assert.deepEqual(errors.filter((line) => !/inline event handler/.test(line)), []);
  },
});

function isActive(element: Element): boolean {
  return element === document.activeElement;
}

function isPressed(element: Element): boolean {
  return element.getAttribute("aria-pressed") === "true";
}

function isLoaded(element: Element): boolean {
  return element instanceof HTMLImageElement && element.naturalWidth > 0;
}

/** Pastes where the keyboard is, as the browser does. */
async function paste(page: Page, data: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, data);
}

async function pastePicture(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(120, 60);
    const paper = canvas.getContext("2d");
    if (paper !== null) {
      paper.fillStyle = "teal";
      paper.fillRect(0, 0, 120, 60);
    }
    const blob = await canvas.convertToBlob();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], "foto.png", { type: "image/png" }));
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  });
}
