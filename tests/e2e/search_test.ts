/** Searching by keyboard only: words, filters, other forms of a word, another script, and no script at all. */
import assert from "node:assert/strict";
import { openWorkspace } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const MAILS = [
  ["Giulia Ferrari", "Cambio che scatta", "Il forcellino è piegato, vale la garanzia?"],
  ["Marco Bianchi", "Garanzia sul telaio", "Il forcellino è saldato al telaio."],
  ["Sanne de Vries", "Twee bestellingen", "Waar blijven mijn bestellingen?"],
  ["Yuki Tanaka", "修理", "自転車の修理をお願いします"],
] as const;

Deno.test({
  name: "messages are found by words and filters, by keyboard, and without script",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { id } = await addMailbox(workspace, 9);
    for (const [n, [name, subject, text]] of MAILS.entries()) {
      const from = `${name} <customer${n}@posta.example>`;
      await postMail(workspace.url, id, {
        from,
        subject,
        text,
        messageId: `search-${n}@posta.example`,
      });
    }
    await until(
      async () => (await workspace.api.conversations()).length === MAILS.length,
      { what: "all mails are conversations", timeoutMs: 30_000 },
    );
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page } = agent;
    const field = page.getByRole("combobox", { name: "Search" });
    const found = page.getByRole("region", { name: "Found" }).getByRole("link");

    await t.step("/ leads to the search, which finds while it is typed", async () => {
      await page.keyboard.press("/");
      await field.waitFor();
      await page.keyboard.type("forcellino garan");
      await found.first().waitFor();
      await until(async () => await found.count() === 2, { what: "both are found" });
      assert.deepEqual(await found.allTextContents(), ["Marco Bianchi", "Giulia Ferrari"]);
      assert.ok(await page.locator(".row mark", { hasText: "forcellino" }).count() >= 2);
      assert.match(page.url(), /\?q=forcellino\+garan$/);
    });

    await t.step("other forms of a word and other scripts are found", async () => {
      for (const [words, name] of [["bestelling", "Sanne de Vries"], ["修理", "Yuki Tanaka"]]) {
        await field.fill(words ?? "");
        await until(
          async () => (await found.allTextContents()).join() === name,
          { what: `${words} finds ${name}` },
        );
      }
    });

    await t.step("a filter is suggested, taken and shown, and can be taken away", async () => {
      await field.fill("forcellino is:clo");
      await page.getByRole("option", { name: "closed" }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByText("No conversation has all of it").waitFor();
      await page.getByRole("button", { name: "Remove is:closed" }).press("Enter");
      await until(async () => await found.count() === 2, { what: "the filter is gone" });
      await takePicture(page, "search");
      await assertGoodPage(page);
    });

    await t.step("arrows choose and Enter opens", async () => {
      await field.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/inbox/all/open/*");
      await page.getByRole("main").getByText("vale la garanzia").first().waitFor();
      await page.goBack();
      await until(async () => await found.count() === 2, { what: "the search is back" });
    });

    await t.step("on a phone, and dark", async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.emulateMedia({ colorScheme: "dark" });
      await assertGoodPage(page);
      await takePicture(page, "search-390-dark");
    });

    await t.step("without script the same address shows the same", async () => {
      await using plain = await openWorkspace(browser, workspace.url, undefined, {
        javaScriptEnabled: false,
      });
      await plain.page.goto("/search?q=telaio");
      const names = plain.page.getByRole("region", { name: "Found" }).getByRole("link");
      assert.deepEqual(await names.allTextContents(), ["Marco Bianchi"]);
    });

    assert.deepEqual(agent.errors, []);
  },
});
