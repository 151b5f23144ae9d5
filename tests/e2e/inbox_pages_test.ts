/** The inbox with everything it can show, looked at in every size and theme. */
import type { Page } from "playwright-core";
import type { ApiConversation } from "../../core/model/api.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import {
  addChat,
  addMailbox,
  addUser,
  startWorkspace,
  type TestWorkspace,
} from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

const LONG_WORD =
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const HTML = `<h2>Bestelling</h2><table width="900" border="1"><tr><td>${LONG_WORD}</td>
<td>2</td><td>€ 4.290</td></tr></table><p><img src="https://tracker.example/a.png" alt=""></p>
<blockquote>On Monday Nora wrote: thank you for your order.</blockquote>`;

Deno.test({
  name: "every page of the inbox shows well in every size and theme",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const { chat, mail, failed } = await fill(workspace, mailServer);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const context = agent.page.context();
    const look = (path: string, words: string | RegExp) =>
      t.step(path.replace(/cnv_\w+/, "…"), () =>
        lookAtPage(context, path, {
          ready: (page: Page) => page.getByText(words).first().waitFor(),
        }));

    await look("/inbox/all/open", "Choose a conversation");
    await look(`/inbox/all/open/${chat.id}`, "She wants it in blue");
    await look(`/inbox/all/open/${chat.id}?pane=side`, "Details");
    await look(`/inbox/all/open/${chat.id}?pane=views`, "All inboxes");
    await look(`/inbox/all/open/${mail.id}`, "1 remote image blocked");
    await look(`/inbox/all/open/${failed.id}`, /^Not delivered/);
    await look("/inbox/all/mine", "Nothing here");
    await look("/inbox/new", "Back to the inbox");
    await look("/inbox/all/open/cnv_nowhere", "This conversation is not here");

    await t.step("the assign menu and the sheet of keys", async () => {
      await using page = await context.newPage();
      await page.goto(`/inbox/all/open/${chat.id}`);
      await threadOf(page).getByText("She wants it in blue").waitFor();
      await page.keyboard.press("a");
      const choice = page.getByRole("option", { name: "Daan Smit" });
      await choice.waitFor();
      await page.keyboard.press("Escape");
      await choice.waitFor({ state: "detached" });
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    });
  },
});

/** A chat with a comment and an event, a wide mail, and a reply that failed. */
async function fill(
  workspace: TestWorkspace,
  mailServer: Awaited<ReturnType<typeof openMailServer>>,
) {
  const { api, inboxId, url } = workspace;
  const daan = await addUser(workspace, {
    name: "Daan Smit",
    email: "daan@veloce.example",
    role: "agent",
    inboxIds: [inboxId],
  });
  const chatChannel = await addChat(workspace);
  const mailbox = await addMailbox(workspace, mailServer.port);
  const visitor = await createVisitorClient(url, chatChannel.id);
  const chat = await visitor.start(`Do you have it in red?\nhttps://shop.example/${LONG_WORD}`);
  const post = (id: string, body: Record<string, unknown>) =>
    api.call(`/conversations/${id}/messages`, { undoSeconds: 0, ...body });
  await post(chat.id, { kind: "comment", text: "She wants it in blue", undoSeconds: undefined });
  await post(chat.id, { kind: "reply", text: "Yes, we do." });
  await api.call(`/conversations/${chat.id}`, { assigneeId: daan.id, tags: ["bikes"] }, "PATCH");

  for (const [index, name] of ["Giulia Ferrari", `Herr ${LONG_WORD}`].entries()) {
    await postMail(url, mailbox.id, {
      from: `"${name}" <customer${index}@posta.example>`,
      subject: index === 0 ? "Bestelling" : LONG_WORD,
      messageId: `${index}@posta.example`,
      text: "Hello!",
      ...index === 0 ? { html: HTML } : {},
      files: [{ name: `${LONG_WORD}.txt`, type: "text/plain", base64: btoa("hello") }],
    });
  }
  const find = (wanted: string): Promise<ApiConversation> =>
    until(async () => (await api.conversations()).find(({ subject }) => subject === wanted));
  const [mail, failed] = [await find("Bestelling"), await find(LONG_WORD)];
  mailServer.mood = { kind: "refuses", code: 550, message: "5.1.1 No such mailbox" };
  await post(failed.id, { kind: "reply", text: "It is ready." });
  await until(async () =>
    (await api.messages(failed.id)).some(({ status }) => status === "failed")
  );
  return { chat, mail, failed };
}
