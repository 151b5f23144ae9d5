/** Older mail of a mailbox is imported as a person does it: without script, then watched live, then looked at. */
import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { mailOf } from "../../adapters/email/inbound_imap/fake_mailbox.ts";
import type { ApiConversation } from "../../core/model/api.ts";
import { hasDovecot, openDovecot } from "../fakes/dovecot.ts";
import { signIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { watchErrors } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { addImapMailbox, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const MANY = 1_500;

Deno.test({
  name: "older mail is imported from a mailbox's folders, without script and watched live",
  ignore: findChromium() === null || !hasDovecot(),
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    await using dovecot = await openDovecot();
    await dovecot.fill("support", "Archive", ["a", "b", "c"].map((id) => mailOf(id)));
    await dovecot.fill(
      "support",
      "Invoices",
      Array.from({ length: MANY }, (_, i) => mailOf(`n${i}`, "An invoice.\r\n".repeat(200))),
    );
    await using workspace = await startWorkspace();
    const here = `/settings/channels/${(await addImapMailbox(workspace, dovecot.port)).id}/import`;
    await using browser = await launchBrowser();
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: workspace.url });
    const page = await plain.newPage();
    await signIn(page, "nora@veloce.example");

    await t.step("a folder is chosen and imported without script", async () => {
      await page.goto(here.replace(/\/import$/, ""));
      await page.getByRole("link", { name: "Import" }).click();
      await page.getByText(`${MANY.toLocaleString("en-US")} mails`).waitFor();
      await page.getByRole("button", { name: "Import" }).click();
      await page.getByText("Choose at least one folder").waitFor();
      await page.getByRole("checkbox", { name: /Archive/ }).check();
      await page.getByLabel("Not before").fill("2020-01-01");
      await page.getByRole("button", { name: "Import" }).click();
      await until(async () => {
        await page.reload();
        return await page.getByText("3 of 3 looked at · 3 brought in").count() === 1;
      }, { what: "it is done" });
    });

    const live = await browser.newContext({
      baseURL: workspace.url,
      storageState: await plain.storageState(),
    });
    await t.step("progress is shown as it is made; it can be stopped and goes on", async () => {
      await watchLive(live, here);
      await until(async () => {
        const list = await workspace.api.call<{ items: ApiConversation[] }>(
          "/conversations?view=closed&limit=1",
        );
        return list.items.length === 1;
      }, { what: "what came in is closed" });
    });

    await t.step("the pages show well", async () => {
      await lookAtPage(live, here);
      await dovecot.stop();
      await lookAtPage(live, `${here}?more`);
    });
    await plain.close();
    await live.close();
  },
});

async function watchLive(context: BrowserContext, here: string): Promise<void> {
  const page = await context.newPage();
  const errors = watchErrors(page);
  await page.goto(here);
  await page.getByRole("checkbox", { name: /Invoices/ }).check();
  await page.getByRole("checkbox", { name: /Sent/ }).check();
  await page.getByRole("button", { name: "Import" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Invoices" });
  const bar = page.getByRole("progressbar", { name: "Import of Invoices" });
  const shares: number[] = [];
  await page.getByText("Waits for its turn").waitFor();
  await page.evaluate(() => Reflect.set(globalThis, "stays", true));
  await until(async () => {
    const share = Number(await bar.getAttribute("aria-valuenow"));
    if (share > (shares.at(-1) ?? 0)) shares.push(share);
    return share >= 15;
  }, { what: "the bar has moved", timeoutMs: 60_000 });
  assert.ok(shares.length > 1, `seen at ${shares.join()}`);
  assert.equal(await page.evaluate(() => Reflect.get(globalThis, "stays")), true, "no reload");

  await takePicture(page, "import-running");
  await row.getByRole("button", { name: /Stop/ }).click();
  await row.getByText("Stopped").waitFor();
  await page.getByRole("listitem").filter({ hasText: "Sent" }).getByText("Done").waitFor();
  await row.getByRole("button", { name: /Go on/ }).click();
  await row.getByText("Importing", { exact: true }).waitFor();
  await row.getByText("Done").waitFor({ timeout: 120_000 });
  await row.getByText(`${MANY.toLocaleString("en-US")} brought in`).waitFor();
  assert.deepEqual(errors, []);
  await page.close();
}
