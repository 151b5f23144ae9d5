/** Snippets and macros: made in the settings, used by keyboard. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ApiConversation } from "../../core/model/api.ts";
import type { ApiClient } from "./api_client.ts";
import { openMailServer } from "../fakes/mail_server.ts";
import { composerOf, openWorkspace, rowOf, threadOf, writtenIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

Deno.test({
  name: "snippets and macros are made in the settings and used by keyboard",
  ignore: findChromium() === null,
  async fn(t) {
    await using mailServer = await openMailServer();
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const channel = await addMailbox(workspace, mailServer.port);
    await postMail(url, channel.id, {
      from: "Giulia Ferrari <giulia@posta.example>",
      subject: "My bike",
      messageId: "1@posta.example",
      text: "Is it ready?",
    });
    await until(async () => (await api.conversations()).length === 1);
    const id = (await api.conversations())[0]!.id;
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;

    await t.step("a field that is none is refused with its line", async () => {
      await page.goto("/settings/snippets/new");
      await page.getByLabel("Name").fill("Bike ready");
      await page.getByLabel("Shortcut").fill("ready");
      await page.getByRole("textbox", { name: /^Words/ }).fill("Hi {{contact.first}},");
      await page.keyboard.press("Tab");
      await page.getByLabel("Shortcut").press("Enter");
      await page.getByText("names {{contact.first}} in line 1").waitFor();
      await page.getByRole("textbox", { name: /^Words/ }).fill(
        "Hi {{contact.firstName|there}}, call {{contact.phone}}. {{agent.name}}",
      );
      await page.getByLabel("Folder").fill("Workshop");
      await page.getByLabel("Shortcut").press("Enter");
      await page.getByText("Created.").waitFor();
      await page.getByText("/ready").waitFor();
    });

    await t.step("a macro is made without knowing its data", async () => {
      await page.goto("/settings/macros/new");
      await page.getByLabel("Name").fill("Parts ordered");
      await page.getByRole("textbox", { name: /^Words/ }).fill(
        "Hi {{contact.firstName}}, the parts are ordered.",
      );
      await page.getByLabel("Tags to add").fill("parts");
      await page.getByLabel("Send the words at once").check();
      await page.getByLabel("Then", { exact: true }).selectOption("snoozed");
      await page.getByLabel("Snooze for").fill("5");
      await page.getByLabel("Name").press("Enter");
      await page.getByText("Send the reply, tag parts, snooze 5 days").waitFor();
      for (const path of ["/settings/macros/new", "/settings/snippets"]) {
        await lookAtPage(page.context(), path);
      }
    });

    await t.step("m shows what a macro will do, runs it, and z takes it back", async () => {
      await page.goto("/inbox");
      await rowOf(page, "Giulia Ferrari").first().press("Enter");
      await composerOf(page, "Giulia Ferrari").waitFor();
      await page.locator("body").press("m");
      const menu = page.getByRole("dialog", { name: "Run a macro" });
      await menu.getByText("Hi Giulia, the parts are ordered.").waitFor();
      await lookAtWidths(page, "macro-menu");
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.type("parts");
      await page.keyboard.press("Enter");
      await page.getByText("“Parts ordered” done").waitFor();
      await threadOf(page).getByText("Hi Giulia, the parts are ordered.").first().waitFor();
      assert.deepEqual(await stateOf(api, id), { status: "snoozed", tags: ["parts"] });
      await until(() => isKeyboardFree(page));
      await page.keyboard.press("z");
      await until(async () => {
        const { status, tags } = await stateOf(api, id);
        return status === "open" && tags.length === 0;
      });
    });

    await t.step("/ finds a snippet, fills it in and says what is missing", async () => {
      const composer = composerOf(page, "Giulia Ferrari");
      await page.keyboard.press("r");
      await page.keyboard.type("Ciao! /rea");
      const option = page.getByRole("option", { name: /^\/ready/ });
      await option.waitFor();
      await lookAtWidths(page, "snippet-picker");
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.press("Enter");
      const filled = "Ciao! Hi Giulia, call {{contact.phone}}. Nora Visser";
      // The editor keeps a space at the end of words as one that does not break.
      await until(async () => (await writtenIn(composer)).replaceAll("\u00a0", " ") === filled);
      await page.getByText("Still to fill in: {{contact.phone}}").waitFor();
    });

    await t.step("a macro in the same list writes what it does not send", async () => {
      await api.call("/macros", {
        name: "Goodbye",
        text: "Bye {{contact.firstName}}",
        actions: [{ type: "priority", priority: "high" }],
        sharing: { kind: "everyone" },
      });
      await page.keyboard.press("Control+a");
      await page.keyboard.type("So /goodb");
      await page.getByRole("option", { name: /^Goodbye/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByText("“Goodbye” done").waitFor();
      await until(async () =>
        /^So\s+Bye Giulia$/.test(await writtenIn(composerOf(page, "Giulia Ferrari")))
      );
    });

    // The form that was refused is a page of its own.
    assert.deepEqual(errors.filter((line) => !line.includes("/settings/snippets/new")), []);
  },
});

async function stateOf(
  api: ApiClient,
  id: string,
): Promise<Pick<ApiConversation, "status" | "tags">> {
  const { status, tags } = await api.call<ApiConversation>(`/conversations/${id}`);
  return { status, tags };
}

/** No dialog takes the keys. */
async function isKeyboardFree(page: Page): Promise<boolean> {
  return await page.locator("dialog[open]").count() === 0;
}
