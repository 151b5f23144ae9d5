/** A mail comes in, an agent answers, the customer's answers join the same conversation. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import PostalMime from "postal-mime";
import type { ApiChannel } from "../../core/model/api.ts";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import {
  assertNotReloaded,
  openThread,
  openWorkspace,
  reply,
  rowOf,
  threadOf,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
/** Eight by eight pixels of one colour. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQ8LmDFTEMLQkAxQlHAQ1CcH8AAAAASUVORK5CYII=";
const INVOICE = "the words of the invoice";
/** Longer than the ten seconds in which a mail can be taken back. */
const SENT_TIMEOUT_MS = 25_000;
const HTML = `<p>Ciao, <b>la mia bici</b> è rotta.</p>
<p><img src="cid:bike@posta.example" alt="The bike"></p>
<p><img src="https://tracker.example/pixel.png" alt="Logo"></p>
<script>top.stolen = document.cookie || "by script"</script>
<img src="x:" onerror="top.stolen = 'by handler'">
<p><a href="javascript:top.stolen='by link'">Click here</a></p>`;

Deno.test({
  name: "a mail arrives, is answered by SMTP in its thread, and its answers join the conversation",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, mailServer.port);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const remoteImages: string[] = [];
    await page.route("https://tracker.example/**", async (route) => {
      remoteImages.push(route.request().url());
      await route.fulfill({ contentType: "image/png", body: Buffer.from(PNG, "base64") });
    });

    await t.step("it shows in the list without a reload", async () => {
      await postMail(workspace.url, channel.id, {
        subject: "La mia bici",
        messageId: "first@posta.example",
        text: "Ciao, la mia bici è rotta.",
        html: HTML,
        files: [
          { name: "bike.png", type: "image/png", base64: PNG, contentId: "bike@posta.example" },
          { name: "invoice.txt", type: "text/plain", base64: btoa(INVOICE) },
        ],
      });
      await rowOf(page, GIULIA).waitFor();
      await takePicture(page, "mail-arrived");
      await assertNotReloaded(page);
    });

    await t.step("its HTML runs nothing and loads nothing from elsewhere", async () => {
      await openThread(page, GIULIA);
      await readMail(page, remoteImages);
    });

    await t.step("its file can be taken", async () => {
      const href = await threadOf(page).getByRole("link", { name: /invoice\.txt/ })
        .getAttribute("href");
      const file = await page.request.get(href ?? "");
      assert.equal(await file.text(), INVOICE);
      assert.match(file.headers()["content-disposition"] ?? "", /^attachment/);
      assert.equal(await threadOf(page).getByText("bike.png").count(), 0);
    });

    await t.step("the reply leaves in the mail's thread", () => answer(page, mailServer));

    await t.step("answers join it, by their headers or by the address alone", async () => {
      await joinByAnswers(page, workspace, channel, mailServer);
      await takePicture(page, "mail-thread");
    });

    assert.deepEqual(errors.filter((line) => !isExpected(line)), []);
  },
});

async function readMail(page: Page, remoteImages: readonly string[]): Promise<void> {
  const frame = page.frameLocator("iframe[title='Mail from Giulia Ferrari']");
  await frame.getByText("la mia bici").waitFor();
  const inline = frame.getByRole("img", { name: "The bike" });
  await until(() => inline.evaluate((image: HTMLImageElement) => image.naturalWidth === 8), {
    what: "the inline image is drawn",
  });
  const link = frame.getByText("Click here");
  await link.click();
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, "stolen")), undefined);
  const sandbox = await page.locator("iframe[title='Mail from Giulia Ferrari']")
    .getAttribute("sandbox");
  assert.ok(sandbox !== null && !sandbox.includes("allow-scripts"));
  assert.deepEqual(remoteImages, []);

  const main = threadOf(page);
  await main.getByText("1 remote image blocked").waitFor();
  await main.getByText("Sender not verified").waitFor();
  await takePicture(page, "mail-images-blocked");
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, "stolen")), undefined);
}

async function answer(page: Page, mailServer: MailServer): Promise<void> {
  await reply(page, GIULIA, "Ciao Giulia,\nwe repair it tomorrow.");
  await page.getByText(/^Sending in \d+ s$/).waitFor();
  assert.equal(mailServer.received.length, 0, "it can still be taken back");
  await threadOf(page).getByText("Sent", { exact: true }).waitFor({ timeout: SENT_TIMEOUT_MS });

  const [sent] = mailServer.received;
  assert.equal(mailServer.received.length, 1);
  assert.ok(sent);
  assert.deepEqual(sent.to, ["giulia@posta.example"]);
  assert.equal(sent.from, "support@veloce.example");
  const mail = await PostalMime.parse(sent.raw);
  assert.equal(mail.from?.address, "support@veloce.example");
  assert.match(mail.from?.name ?? "", /\(Veloce\)$/);
  assert.equal(mail.subject, "Re: La mia bici");
  assert.equal(mail.inReplyTo, "<first@posta.example>");
  assert.equal(mail.references, "<first@posta.example>");
  assert.match(
    mail.replyTo?.[0]?.address ?? "",
    /^support\+r\.[a-z0-9]+\.[a-z2-7]{16}@veloce\.example$/,
  );
  assert.match(mail.text ?? "", /we repair it tomorrow/);
}

async function joinByAnswers(
  page: Page,
  { url, api }: TestWorkspace,
  { id }: ApiChannel,
  { received }: MailServer,
): Promise<void> {
  const sent = await PostalMime.parse(received[0]?.raw ?? "");
  const replyAddress = sent.replyTo?.[0]?.address ?? "";
  await postMail(url, id, {
    subject: "Re: La mia bici",
    messageId: "second@posta.example",
    headers: {
      "In-Reply-To": sent.messageId ?? "",
      "References": `${sent.references} ${sent.messageId}`,
    },
    text: "Perfetto, grazie!",
  });
  await threadOf(page).getByText("Perfetto, grazie!").waitFor();
  await postMail(url, id, {
    to: replyAddress,
    from: "giulia.lavoro@ufficio.example",
    subject: "Another subject",
    messageId: "third@ufficio.example",
    text: "Scrivo dall'ufficio.",
  });
  await threadOf(page).getByText("Scrivo dall'ufficio.").waitFor();
  await threadOf(page).getByText("New in this conversation", { exact: true })
    .waitFor();
  await assertNotReloaded(page);

  const conversations = await api.conversations();
  assert.equal(conversations.length, 1);
  const messages = await api.messages(conversations[0]?.id ?? "");
  assert.deepEqual(messages.filter(({ kind }) => kind !== "event").map(({ kind }) => kind), [
    "inbound",
    "reply",
    "inbound",
    "inbound",
  ]);
}

/** The browser reports what the mail's frame refuses: that is what it is for. */
function isExpected(line: string): boolean {
  return /sandboxed|Content Security Policy/.test(line) && /\/html\?images=/.test(line);
}
