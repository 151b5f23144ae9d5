/** Whom a reply goes to: everybody on the thread unless the agent says otherwise, all by keyboard. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import PostalMime from "postal-mime";
import { type MailServer, openMailServer } from "../fakes/mail_server.ts";
import {
  composerOf,
  openThread,
  openWorkspace,
  reply,
  threadOf,
  write,
  writtenIn,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const GIULIA = "Giulia Ferrari";
/** Longer than the ten seconds in which a mail can be taken back. */
const SENT_TIMEOUT_MS = 25_000;

Deno.test({
  name: "a reply goes to all by default; its author adds, moves and removes people by keyboard",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, mailServer.port);
    await postMail(workspace.url, channel.id, {
      from: "Marco Officina <officina@navigli.example>",
      subject: "Pezzi",
      messageId: "other@navigli.example",
      text: "Buongiorno",
    });
    await postMail(workspace.url, channel.id, {
      subject: "La mia bici",
      messageId: "first@posta.example",
      text: "Ciao, la mia bici è rotta.",
      to: "support@veloce.example, Luca Ferrari <luca@posta.example>",
      headers: { Cc: "studio@navigli.example" },
    });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;

    await t.step("everybody on the mail gets the answer, but not our own mailbox", async () => {
      await openThread(page, GIULIA);
      await chip(page, "Luca Ferrari").waitFor();
      await takePicture(page, "recipients-all");
      await reply(page, GIULIA, "Ciao a tutti");
      assert.deepEqual(await nextRecipients(mailServer, 1), {
        to: ["giulia@posta.example"],
        cc: ["luca@posta.example", "studio@navigli.example"],
        envelope: ["giulia@posta.example", "luca@posta.example", "studio@navigli.example"],
      });
    });

    await t.step("the sender alone is one click away, and everybody one click back", async () => {
      await threadOf(page).getByRole("button", { name: "Sender only" }).click();
      assert.equal(await chip(page, "Luca Ferrari").count(), 0);
      await threadOf(page).getByRole("button", { name: "Reply to all" }).click();
      await chip(page, "Luca Ferrari").waitFor();
    });

    await t.step("a contact is found by a few letters and chosen by keyboard", async () => {
      await field(page, "Cc").press("Backspace");
      assert.equal(await chip(page, "studio@navigli.example").count(), 0);
      await field(page, "Cc").pressSequentially("mar");
      await page.getByRole("option", { name: /Marco Officina/ }).waitFor();
      await takePicture(page, "recipients-found");
      await field(page, "Cc").press("Enter");
      await chip(page, "Marco Officina").waitFor();
    });

    await t.step("a blind copy stays blind, and what is no address stops the mail", async () => {
      await threadOf(page).getByRole("button", { name: "Bcc" }).click();
      await page.keyboard.type("boss");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("is not an email address").waitFor();
      await takePicture(page, "recipients-wrong");
      await write(composerOf(page, GIULIA), "Solo per te");
      await composerOf(page, GIULIA).press("Control+Enter");
      assert.equal(await writtenIn(composerOf(page, GIULIA)), "Solo per te");
      await field(page, "Bcc").press("End");
      await page.keyboard.type("@veloce.example,");
      await chip(page, "boss@veloce.example").waitFor();
      await field(page, "Bcc").press("Control+Enter");
      const { to, cc, envelope } = await nextRecipients(mailServer, 2);
      assert.deepEqual(to, ["giulia@posta.example"]);
      assert.deepEqual(cc, ["luca@posta.example", "officina@navigli.example"]);
      assert.deepEqual(envelope.at(-1), "boss@veloce.example");
    });

    assert.deepEqual(errors, []);
  },
});

function field(page: Page, label: string): Locator {
  return threadOf(page).getByRole("combobox", { name: label, exact: true });
}

/** A person on one of the address lines. */
function chip(page: Page, name: string): Locator {
  return threadOf(page).getByRole("button", { name: `Remove ${name}` });
}

/** Who the mail with this number went to, by its headers and by its envelope. */
async function nextRecipients(server: MailServer, count: number) {
  await until(() => server.received.length >= count, {
    what: `mail ${count} arrives`,
    timeoutMs: SENT_TIMEOUT_MS,
  });
  const mail = server.received[count - 1];
  assert(mail);
  const { to = [], cc = [] } = await PostalMime.parse(mail.raw);
  const addresses = (people: typeof to) => people.map(({ address }) => address);
  assert.doesNotMatch(new TextDecoder().decode(mail.raw), /^bcc:/im);
  return { to: addresses(to), cc: addresses(cc), envelope: mail.to };
}
