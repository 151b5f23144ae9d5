/** What machines and campaigns write, and how the list is narrowed to one sort of it. */
import assert from "node:assert/strict";
import { assertNotReloaded, openWorkspace } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { type MailDraft, postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";

const MAILS: readonly Pick<MailDraft, "from" | "subject" | "headers">[] = [
  { from: "Giulia <giulia@posta.example>", subject: "Chain broken" },
  {
    from: "Stadtblatt <brief@stadtblatt.example>",
    subject: "News of the week",
    headers: { "List-Id": "<week.stadtblatt.example>" },
  },
  {
    from: "Radhaus <angebote@radhaus.example>",
    subject: "Ten percent off",
    headers: { "Feedback-ID": "7:8:radhaus" },
  },
  {
    from: "Build <noreply@ci.example>",
    subject: "Build 81 passed",
    headers: { "Auto-Submitted": "auto-generated" },
  },
  { from: "Firma <info@firma.example>", subject: "Forty bicycles" },
];

Deno.test({
  name: "the list of machines' mail is narrowed to one sort; a role address stays with people",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const channel = await addMailbox(workspace, 9);
    const post = (mail: Pick<MailDraft, "from" | "subject" | "headers">) =>
      postMail(workspace.url, channel.id, {
        ...mail,
        messageId: `${mail.subject.replaceAll(" ", "-")}@x.example`,
        text: "Words of it.",
      });
    for (const mail of MAILS) await post(mail);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const pane = page.getByRole("region", { name: "Conversations" });
    const subjects = async () => (await pane.locator(".row-subject").allTextContents()).sort();

    await t.step("only machines' mail is kept out of Unassigned", async () => {
      await page.getByRole("link", { name: "Unassigned" }).first().click();
      await pane.getByText("News of the week").waitFor({ state: "detached" });
      assert.deepEqual(await subjects(), ["Chain broken", "Forty bicycles"]);
    });

    await t.step("the menu narrows the list, without a reload", async () => {
      await page.getByRole("link", { name: "Automatic" }).first().click();
      await pane.getByText("News of the week").waitFor();
      assert.equal((await subjects()).length, 4);
      await pane.getByTitle("Show: everything").click();
      await pane.getByRole("link", { name: "Marketing" }).click();
      await pane.getByText("News of the week").waitFor({ state: "detached" });
      await assertNotReloaded(page);
      assert.deepEqual(await subjects(), ["Ten percent off"]);
      assert.match(page.url(), /\/automatic\?lane=marketing$/);
      assert.match(await pane.locator(".row").first().innerText(), /Marketing/);
    });

    await t.step("what comes meanwhile is shown where it belongs", async () => {
      await page.mouse.move(1_200, 500);
      await post({ subject: "Letter", headers: { "List-Id": "<x>" } });
      await post({ subject: "Sale", headers: { "Feedback-ID": "x" } });
      const pill = page.getByRole("button", { name: "1 new" });
      await pane.getByText("Sale").or(pill).first().waitFor();
      if (await pill.isVisible()) await pill.click();
      await pane.getByText("Sale").waitFor();
      assert.deepEqual(await subjects(), ["Sale", "Ten percent off"]);
    });

    await t.step("it looks right", async () => {
      const everything = "/inbox/all/automatic";
      const ready = (page: typeof agent.page) =>
        page.getByText("News of the week").first().waitFor();
      await lookAtPage(page.context(), everything, { ready });
      await lookAtPage(page.context(), `${everything}?lane=newsletter`, { ready });
    });
    assert.deepEqual(errors, []);
  },
});
