/** Long lists: drawn in part, fetched page by page, counted live. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertNotReloaded, openWorkspace } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { addChat, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

const CONVERSATIONS = 130;
/** More than a screen, fewer than a page. */
const MOST_DRAWN = 45;

Deno.test({
  name: "a long list draws what is seen, fetches the rest while it is scrolled, and counts live",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const channel = await addChat(workspace);
    const visitor = await createVisitorClient(url, channel.id);
    for (let n = 1; n <= CONVERSATIONS; n++) await visitor.start(`question ${n} of many`);
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    const rows = page.locator(".rows .row");
    const pane = page.getByRole("region", { name: "Conversations" });

    await t.step("only what is seen is drawn", async () => {
      await pane.getByText(`question ${CONVERSATIONS} of many`).waitFor();
      assert.equal(await pane.locator(".list-count").textContent(), String(CONVERSATIONS));
      await until(async () => await rows.count() < MOST_DRAWN, { what: "few rows are drawn" });
    });

    await t.step("scrolling down fetches and draws the rest", async () => {
      await scrollUntilSeen(page, "question 1 of many");
      assert.ok(await rows.count() < MOST_DRAWN);
      assert.equal(await pane.getByText(`question ${CONVERSATIONS} of many`).count(), 0);
    });

    await t.step("what is new waits above, and counts at once", async () => {
      await visitor.start("the newest question");
      await pane.locator(".list-count", { hasText: String(CONVERSATIONS + 1) }).waitFor();
      assert.equal(await pane.getByText("the newest question").count(), 0);
      await pane.getByText("question 1 of many").waitFor();
      await page.getByRole("button", { name: "1 new" }).click();
      await pane.getByText("the newest question").waitFor();
    });

    await t.step("closing takes it out of the list and the counts", async () => {
      const newest = (await api.conversations())[0];
      await api.call(`/conversations/${newest?.id}`, { status: "closed" }, "PATCH");
      await pane.getByText("the newest question").waitFor({ state: "detached" });
      await pane.locator(".list-count", { hasText: new RegExp(`^${CONVERSATIONS}$`) }).waitFor();
    });

    await t.step("oldest first begins at the other end", async () => {
      await page.goto("/inbox/all/open?sort=oldest");
      await pane.getByText("question 1 of many").waitFor();
      assert.equal(await rows.first().getByText("question 1 of many").count() > 0, true);
    });

    assert.deepEqual(errors, []);
  },
});

async function scrollUntilSeen(page: Page, text: string): Promise<void> {
  const scroller = page.locator(".rows");
  const seen = scroller.getByText(text, { exact: true });
  await until(async () => {
    await scroller.evaluate((element) => element.scrollBy(0, 2_000));
    return await seen.count() > 0;
  }, { what: `"${text}" is seen` });
  await assertNotReloaded(page);
}
