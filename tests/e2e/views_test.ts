/** Views: the fixed ones, and those somebody builds, keeps, changes and deletes, by keyboard. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { assertNotReloaded, openWorkspace } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtWidths } from "./look_at_page.ts";
import { addChat, startWorkspace } from "./test_workspace.ts";
import { createVisitorClient } from "./visitor_client.ts";

/** Lists in which there is nothing here. */
const LISTS = [
  "Mentions",
  "Following",
  "Drafts",
  "Scheduled",
  "Sent",
  "Automatic",
  "Closed",
  "Spam",
  "Trash",
] as const;

Deno.test({
  name: "views are looked at, built, kept in order, changed and deleted by keyboard, and stay live",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const channel = await addChat(workspace);
    for (const text of ["about a bike", "about a helmet", "about a lock"]) {
      const visitor = await createVisitorClient(url, channel.id);
      await visitor.start(text);
    }
    const idOf = async (text: string) =>
      (await api.conversations()).find(({ preview }) => preview === text)?.id ?? "";
    const [bike, helmet] = [await idOf("about a bike"), await idOf("about a helmet")];
    const change = (id: string, patch: Readonly<Record<string, unknown>>) =>
      api.call(`/conversations/${id}`, patch, "PATCH");
    await change(bike, { tags: ["vip"], priority: "high" });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    const pane = page.getByRole("region", { name: "Conversations" });
    const lists = page.getByRole("navigation", { name: "Lists" });
    const press = (name: string, at: Locator) =>
      at.getByRole("button", { name, exact: true }).press("Enter");
    /** A list's link also says how many it holds. */
    const goTo = (name: string) => lists.locator(".view", { hasText: name }).first().press("Enter");

    await t.step("each list holds what it is called", async () => {
      await pane.getByText("about a lock").waitFor();
      const until = new Date(Date.now() + 86_400_000).toISOString();
      await change(await idOf("about a lock"), { snoozedUntil: until });
      await pane.getByText("about a lock").waitFor({ state: "detached" });
      await goTo("Snoozed");
      await pane.getByText("about a lock").waitFor();
      for (const name of LISTS) {
        await goTo(name);
        await pane.getByRole("heading", { name, exact: true }).waitFor();
        await pane.getByText("about a").first().waitFor({ state: "detached" });
      }
      await page.goto("/inbox/all/open?kind=chat");
      await pane.getByText("about a bike").waitFor();
      await page.goto("/inbox/all/open?kind=email");
      await pane.getByText("about a bike").waitFor({ state: "detached" });
      await page.goto("/inbox/all/open?only=mine");
      await pane.getByText("Nothing here").waitFor();
      await page.goto(`/inbox/all/open?channel=${channel.id}`);
      await pane.getByText("about a bike").waitFor();
    });

    await t.step("a filter is built and kept as a view", async () => {
      await press("Filter", pane);
      const dialog = page.getByRole("dialog", { name: "Filter" });
      await dialog.getByRole("button", { name: "Condition" }).press("Enter");
      const tag = dialog.getByRole("combobox", { name: "Add a tag" });
      await tag.focus();
      await page.keyboard.type("vip");
      await page.keyboard.press("Enter");
      await lookAtWidths(page, "view-filter");
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 1440, height: 900 });
      await dialog.getByRole("textbox", { name: "Name of the view" }).focus();
      await page.keyboard.type("Important");
      await press("Save as view", dialog);
      await pane.getByRole("heading", { name: "Important" }).waitFor();
      await pane.getByText("about a bike").waitFor();
      assert.equal(await pane.getByText("about a helmet").count(), 0);
      await countIs(page, "Important", "1");
    });

    await t.step("what comes to fit is counted and waits above", async () => {
      await page.evaluate(() => Reflect.set(globalThis, "isSamePage", true));
      await change(helmet, { tags: ["vip"] });
      await countIs(page, "Important", "2");
      await press("1 new", pane);
      await pane.getByText("about a helmet").waitFor();
      await change(bike, { tags: [] });
      await pane.getByText("about a bike").waitFor({ state: "detached" });
      await assertNotReloaded(page);
    });

    await t.step("views are moved with Alt and the arrows, and by others too", async () => {
      const filter = { all: [{ field: "status", is: "any", value: ["closed"] }] };
      await api.call("/views", { name: "Done", filter, sharing: { kind: "everyone" } });
      await lists.getByRole("link", { name: "Done" }).waitFor();
      await lists.getByRole("link", { name: "Done" }).press("Alt+ArrowUp");
      await page.locator(".saved-view").first().getByText("Done").waitFor();
    });

    await t.step("a view is changed from its list, and deleted", async () => {
      await goTo("Done");
      await pane.getByRole("heading", { name: "Done" }).waitFor();
      await goTo("Important");
      await pane.getByRole("heading", { name: "Important" }).waitFor();
      await press("Change this view", pane);
      const dialog = page.getByRole("dialog", { name: "Change this view" });
      await dialog.getByRole("button", { name: "Remove vip" }).press("Enter");
      await dialog.getByRole("button", { name: "Remove tag" }).press("Enter");
      await press("Save", dialog);
      await pane.getByText("about a bike").waitFor();
      await press("Change this view", pane);
      page.once("dialog", (asked) => void asked.accept());
      await press("Delete view", dialog);
      await lists.getByRole("link", { name: "Important" }).waitFor({ state: "detached" });
      await pane.getByRole("heading", { name: "All open" }).waitFor();
    });

    await t.step("settings rename and delete views without script", async () => {
      await page.goto("/settings/views");
      await lookAtWidths(page, "settings-views");
      await page.setViewportSize({ width: 1440, height: 900 });
      const plain = await browser.newContext({
        baseURL: url,
        javaScriptEnabled: false,
        storageState: await page.context().storageState(),
      });
      const settings = await plain.newPage();
      await settings.goto("/settings/views");
      await settings.getByRole("link", { name: "Edit" }).first().press("Enter");
      await settings.getByRole("textbox", { name: "Name" }).fill("All done");
      await settings.getByRole("button", { name: "Save" }).press("Enter");
      await settings.getByRole("link", { name: "All done", exact: true }).waitFor();
      await settings.getByRole("link", { name: "Edit" }).first().press("Enter");
      await settings.getByRole("button", { name: "Delete" }).press("Enter");
      await settings.getByText("No view is saved yet").waitFor();
      await plain.close();
    });

    await t.step("a view that is gone says so", async () => {
      const answer = await page.goto("/inbox/all/viw_gone");
      assert.equal(answer?.status(), 404);
    });

    assert.deepEqual(errors.filter((line) => !line.includes("status of 404")), []);
  },
});

/** The number behind a saved view. */
async function countIs(page: Page, name: string, count: string): Promise<void> {
  await page.locator(".saved-view", { hasText: name }).locator(".num", { hasText: count })
    .waitFor();
}
