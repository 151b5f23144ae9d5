/** The contact beside the thread, by keyboard: changed in place, taken back, written about; people on copy become contacts. */
import assert from "node:assert/strict";
import type { ApiContact } from "../../core/model/api.ts";
import { composerOf, openWorkspace, rowOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

Deno.test({
  name: "a contact is edited in the sidebar, with notes, and people on copy are added",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const channel = await addMailbox(workspace, 9);
    await postMail(url, channel.id, {
      from: "Ada Berg <ada@posta.example>",
      headers: { Cc: "Ben Vos <ben@posta.example>" },
      subject: "Gears",
      messageId: "1@posta.example",
      text: "They slip",
    });
    await until(async () => (await api.conversations()).length === 1);
    const [conversation] = await api.conversations();
    const contact = () => api.call<ApiContact>(`/contacts/${conversation?.contactId}`);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    await rowOf(page, "Ada Berg").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await composerOf(page, "Ada Berg").waitFor();
    const side = page.getByRole("complementary", { name: "About this conversation" });
    const fact = (name: RegExp) => side.getByRole("button", { name });

    await t.step(
      "Shift+C edits the name; Escape leaves it, Enter keeps it, z takes it back",
      async () => {
        await fact(/^Name: Ada Berg/).waitFor();
        await page.keyboard.press("Escape");
        await page.keyboard.press("Shift+C");
        const name = side.getByRole("textbox", { name: "Name" });
        await name.fill("Nobody");
        await name.press("Escape");
        await fact(/^Name: Ada Berg/).waitFor();
        assert.equal((await contact()).name, "Ada Berg");

        await fact(/^Name: Ada Berg/).press("Enter");
        await name.fill("Ada van den Berg");
        await name.press("Enter");
        await fact(/^Name: Ada van den Berg/).waitFor();
        await until(async () => (await contact()).name === "Ada van den Berg");

        await page.getByText("Name changed").waitFor();
        await page.keyboard.press("z");
        await fact(/^Name: Ada Berg/).waitFor();
        await until(async () => (await contact()).name === "Ada Berg");
      },
    );

    await t.step("an address that is refused goes back to what it was", async () => {
      await fact(/^Email: ada@/).press("Enter");
      const email = side.getByRole("textbox", { name: "Email" });
      await email.fill("nobody");
      await email.press("Enter");
      await page.getByText("Not changed: is not an email address").waitFor();
      await fact(/^Email: ada@posta\.example/).waitFor();
    });

    await t.step("company, language and owner are kept", async () => {
      await fact(/^Company/).press("Enter");
      await side.getByRole("textbox", { name: "Company" }).fill("Studio Navigli");
      await page.keyboard.press("Enter");
      await fact(/^Company: Studio Navigli/).waitFor();
      await fact(/^Language/).press("Enter");
      await side.getByRole("combobox", { name: "Language" }).selectOption("it");
      await page.keyboard.press("Enter");
      await side.getByText("Italian").waitFor();
      await until(async () => {
        const { company, locale } = await contact();
        return company === "Studio Navigli" && locale === "it";
      });
    });

    await t.step("a note is written and changed", async () => {
      await side.getByRole("button", { name: "Add a note" }).press("Enter");
      await side.getByRole("textbox", { name: "Note" }).fill("Rides a Corsa 3");
      await page.keyboard.press("Control+Enter");
      await side.getByText("Rides a Corsa 3").waitFor();
      await side.getByRole("button", { name: "Edit this note" }).press("Enter");
      await side.getByRole("textbox", { name: "Note" }).fill("Rides a Strada");
      await page.keyboard.press("Control+Enter");
      await side.getByText("Rides a Strada").waitFor();
      await until(async () => (await contact()).noteCount === 1);
    });

    await t.step("somebody on copy becomes a contact", async () => {
      await side.getByRole("button", { name: "Add as contact" }).press("Enter");
      await page.getByText("Ben Vos is a contact now").waitFor();
      const found = await api.call<{ items: ApiContact[] }>("/contacts?q=ben");
      assert.deepEqual(found.items.map(({ name, emails }) => [name, emails]), [
        ["Ben Vos", ["ben@posta.example"]],
      ]);
    });

    await t.step("it shows well", async () => {
      await lookAtPage(page.context(), `/inbox/all/open/${conversation?.id}?pane=side`, {
        ready: (one) => one.getByRole("button", { name: /^Name: Ada Berg/ }).waitFor(),
      });
    });

    assert.deepEqual(errors.filter((line) => !/status of 400/.test(line)), []);
  },
});
