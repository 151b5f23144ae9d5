/** A chat that goes on by mail: the visitor leaves, answers by mail, and comes back by its link. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { freePort } from "../../.tasks/free_port.ts";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import { openThread, openWorkspace, reply, threadOf } from "./agent_page.ts";
import { serveHostPage } from "./host_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { PICTURES, takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addChat, addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";
import { ask, openWidget, say } from "./visitor_page.ts";

const LEA = "lea@posta.example";
/** A server that has just begun waits half a minute for those who were there before. */
const MAIL_TIMEOUT_MS = 75_000;
const VIEWS = [
  { name: "1440-light", width: 1440, colorScheme: "light" },
  { name: "1024-light", width: 1024, colorScheme: "light" },
  { name: "390-light", width: 390, colorScheme: "light" },
  { name: "1440-dark", width: 1440, colorScheme: "dark" },
  { name: "390-dark", width: 390, colorScheme: "dark" },
] as const;

Deno.test({
  name: "a visitor leaves an address and the page, and goes on by mail and by its link",
  ignore: findChromium() === null,
  async fn(t) {
    await Deno.mkdir(PICTURES, { recursive: true });
    await using mailServer = await openMailServer();
    const port = freePort("127.0.0.1");
    await using workspace = await startWorkspace({
      PORT: String(port),
      PARLEY_URL: `http://127.0.0.1:${port}`,
    });
    const mailbox = await addMailbox(workspace, mailServer.port);
    const chat = await addChat(workspace, { config: { mailAfterMinutes: 0 } });
    await using host = serveHostPage(workspace.url, chat.id);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);

    await t.step(
      "the widget asks for an address, says what is wrong with one, and thanks",
      async () => {
        await leaveAddress(browser, host.url);
      },
    );

    await t.step("what was answered is mailed, though the server restarts", async () => {
      await openThread(agent.page, "Visitor");
      await reply(agent.page, "Visitor", "Yes, two of them, in blue and in green.");
      await threadOf(agent.page).getByText("in blue and in green").waitFor();
      await workspace.stop();
      await workspace.start();
      await until(() => lettersTo(mailServer).length === 1, { timeoutMs: MAIL_TIMEOUT_MS });
      await threadOf(agent.page).getByText(`Sent by email to ${LEA}`).waitFor();
    });

    const letter = await lastLetter(mailServer);
    await t.step("the answer by mail comes into the chat", async () => {
      await postMail(workspace.url, mailbox.id, {
        from: `Lea Durand <${LEA}>`,
        to: letter.replyTo,
        subject: "Re: Your chat with Veloce",
        messageId: "answer@posta.example",
        text: "The blue one, please.\n\nOn Mon, Nora wrote:\n> Yes, two of them.",
      });
      await threadOf(agent.page).getByText("The blue one, please.").waitFor();
      for (const view of VIEWS) await look(agent.page, view, `continuity-thread-${view.name}`);
      assert.deepEqual(agent.errors.filter((line) => !/ERR_|Failed to load/.test(line)), []);
    });

    await t.step("the link opens the chat on another device, once the visitor agrees", async () => {
      await comeBack(browser, letter.chatUrl);
    });

    await t.step("the stop link asks first, stops, and can be taken back", async () => {
      await stopMail(browser, letter.stopUrl);
    });
  },
});

Deno.test({
  name: "a mail with answers that is refused says so in the thread, and is sent again by hand",
  ignore: findChromium() === null,
  async fn() {
    await Deno.mkdir(PICTURES, { recursive: true });
    await using mailServer = await openMailServer();
    mailServer.mood = { kind: "refuses", code: 550, message: "5.7.1 Not from here" };
    await using workspace = await startWorkspace();
    await addMailbox(workspace, mailServer.port);
    const chat = await addChat(workspace, { config: { mailAfterMinutes: 0 } });
    const visitor = await createVisitorClient(workspace.url, chat.id);
    await visitor.start("Do you have the Corsa in 56?");
    await visitor.leaveEmail(LEA);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page } = agent;
    page.setDefaultTimeout(MAIL_TIMEOUT_MS);
    await openThread(page, "Visitor");
    await reply(page, "Visitor", "Yes, two of them.");

    await threadOf(page).getByText(`Not delivered by email to ${LEA}`).waitFor();
    for (const view of VIEWS) await look(page, view, `continuity-failed-${view.name}`);
    await page.setViewportSize({ width: 1440, height: 900 });
    mailServer.mood = { kind: "takes" };
    await threadOf(page).getByRole("button", { name: "Retry" }).click();

    await threadOf(page).getByText(`Sent by email to ${LEA}`).waitFor();
    assert.equal(lettersTo(mailServer).length, 1);
  },
});

async function leaveAddress(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 800 } });
  const { page, frame } = await openWidget(context, url);
  const field = frame.getByRole("textbox", { name: /^Your email/ });
  await frame.getByRole("button", { name: /^Ask a question/ }).click();
  assert.equal(await field.count(), 0, "nobody is asked before they have written");
  await say(frame, "Do you have the Corsa in 56?");
  await field.waitFor();
  const composer = frame.getByRole("textbox", { name: "Write a message" });
  assert.ok(await composer.evaluate((element) => element === document.activeElement));
  const inner = page.frames()[1];
  assert.ok(inner);
  for (const view of VIEWS) await look(page, view, `continuity-widget-${view.name}`, inner);

  await field.fill("lea@posta");
  await field.press("Enter");
  await frame.getByText("This is not an email address.").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await assertGoodPage(inner as unknown as Page);
  await takePicture(page, "continuity-widget-invalid");
  await field.fill(LEA);
  await field.press("Enter");
  await frame.getByText(`If you leave, answers go to ${LEA}.`).waitFor();
  await assertGoodPage(inner as unknown as Page);
  await takePicture(page, "continuity-widget-kept");

  await frame.getByRole("button", { name: "Change" }).click();
  await field.waitFor();
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await field.fill(LEA);
  await field.press("Enter");
  await frame.getByText(`answers go to ${LEA}.`).waitFor();
  await context.close();

  const other = await browser.newContext();
  const second = await openWidget(other, url);
  await ask(second.frame, "Somebody else");
  await second.frame.getByRole("button", { name: "No thanks" }).click();
  await second.frame.getByRole("textbox", { name: /^Your email/ }).waitFor({ state: "detached" });
  await other.close();
}

/** Mails to the visitor: those to the team are not among them. */
function lettersTo(server: MailServer) {
  return server.received.filter(({ to }) => to.includes(LEA));
}

/** What the visitor's mail program has got. */
async function lastLetter(server: MailServer) {
  const mail = lettersTo(server).at(-1);
  assert.ok(mail);
  const { text = "", replyTo } = await PostalMime.parse(mail.raw);
  assert.match(text, /^Yes, two of them, in blue and in green\./);
  return {
    replyTo: replyTo?.[0]?.address ?? "",
    chatUrl: /http:\S+#continue=\S+/.exec(text)?.[0] ?? "",
    stopUrl: /http:\S+\/stop\?token=\S+/.exec(text)?.[0] ?? "",
  };
}

async function comeBack(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  const open = page.getByRole("button", { name: "Continue" });
  await open.waitFor();
  assert.ok(!page.url().includes("continue="), "the token is in no history");
  for (const view of VIEWS) await look(page, view, `continuity-link-${view.name}`);
  await open.press("Enter");
  await page.getByText("The blue one, please.").waitFor();
  await page.getByText("By email").waitFor();
  assert.equal(await page.getByText("Nora wrote").count(), 0, "what it quotes is folded");
  for (const view of VIEWS) await look(page, view, `continuity-back-${view.name}`);
  await page.getByRole("textbox", { name: "Write a message" }).fill("Here again");
  await page.keyboard.press("Enter");
  await page.getByText("Here again").waitFor();
  await context.close();
}

async function stopMail(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 800 } });
  const page = await context.newPage();
  await page.goto(url);
  const stop = page.getByRole("button", { name: "No more emails from this chat" });
  await stop.waitFor();
  for (const view of VIEWS) await look(page, view, `continuity-stop-${view.name}`);
  await stop.click();
  await page.getByText(`Answers from Veloce no longer go to ${LEA}.`).waitFor();
  await takePicture(page, "continuity-stopped");
  await page.getByRole("button", { name: "Mail me answers again" }).click();
  await stop.waitFor();
  const wrong = await page.goto(`${url}x`);
  assert.equal(wrong?.status(), 404);
  await page.getByText("This link does not work").waitFor();
  await context.close();
}

/** Keeps a picture of a page, and holds it (or the frame in it) to what every page must pass. */
async function look(
  page: Page,
  { width, colorScheme }: (typeof VIEWS)[number],
  name: string,
  frame: unknown = page,
): Promise<void> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await page.emulateMedia({ colorScheme });
  // A frame has of Page's methods those that are used.
  await assertGoodPage(frame as Page);
  await takePicture(page, name);
}
