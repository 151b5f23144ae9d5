/** Replies that do not arrive: the agent is told why, and what to do. */
import assert from "node:assert/strict";
import PostalMime from "postal-mime";
import { openMailServer } from "../fakes/mail_server.ts";
import { assertNotReloaded, openThread, openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace, type TestWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";

Deno.test({
  name: "a refused reply shows its reason and can be retried, a doubtful one asks the agent",
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
    const thread = threadOf(page);

    await t.step("refused: the reason and Retry stand in the thread", async () => {
      mailServer.mood = { kind: "refuses", code: 550, message: "5.7.1 Not from you" };
      await sendNow(workspace, "We repair it tomorrow.");

      await thread.getByText(/^Not delivered: /).waitFor();
      await thread.getByText(/5\.7\.1 Not from you/).waitFor();
      await takePicture(page, "delivery-failed");
      assert.equal(mailServer.received.length, 0);
      const row = page.locator(".row", { hasText: GIULIA });
      await row.locator(".danger").first().waitFor();
    });

    await t.step("retried once the server takes it: sent", async () => {
      mailServer.mood = { kind: "takes" };
      await thread.getByRole("button", { name: "Retry" }).click();

      await thread.getByText("Sent", { exact: true }).waitFor();
      assert.equal(await thread.getByText(/Not delivered/).count(), 0);
      assert.equal(mailServer.received.length, 1);
    });

    await t.step("dropped after the mail: nothing is repeated, the agent is asked", async () => {
      mailServer.mood = { kind: "drops" };
      await sendNow(workspace, "It is ready.");

      await thread.getByText(/^Perhaps not delivered: .*may have arrived/).waitFor();
      await takePicture(page, "delivery-doubtful");
      assert.equal(mailServer.received.length, 2);
    });

    await t.step("the agent sends it again: the same mail, by its Message-ID", async () => {
      mailServer.mood = { kind: "takes" };
      await thread.getByRole("button", { name: "Send again" }).click();

      await until(() => mailServer.received.length === 3, { what: "it is sent again" });
      await until(async () => await thread.getByText("Sent", { exact: true }).count() === 2, {
        what: "both replies are sent",
      });
      const mails = await Promise.all(mailServer.received.map(({ raw }) => PostalMime.parse(raw)));
      const [, doubtful, again] = mails.map(({ messageId }) => messageId);
      assert.ok(doubtful);
      assert.equal(again, doubtful);
    });

    await assertNotReloaded(page);
    assert.deepEqual(errors, []);
  },
});

/** A reply without the seconds in which it can be taken back. */
async function sendNow({ api }: TestWorkspace, text: string): Promise<void> {
  const [conversation] = await api.conversations();
  assert.ok(conversation);
  await api.call(`/conversations/${conversation.id}/messages`, {
    kind: "reply",
    text,
    undoSeconds: 0,
  });
}
