/** Several conversations at once, and what is decided about them, without a mouse. */
import assert from "node:assert/strict";
import type { ApiConversation, ApiInbox, ApiTagUse } from "../../core/model/api.ts";
import { openWorkspace, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { addChat, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

/** The desk of the other tests. */
const DESK = { width: 1440, height: 900 };
const QUESTIONS = ["first", "second", "third", "fourth", "fifth"] as const;

Deno.test({
  name:
    "conversations are picked and decided on by keyboard: x Shift+x Ctrl+A s t a p y ! # z Shift+u",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, inboxId, url } = workspace;
    const channel = await addChat(workspace);
    const daan = await addUser(workspace, {
      name: "Daan Smit",
      email: "daan@veloce.example",
      role: "agent",
      inboxIds: [inboxId],
    });
    const sales = await api.call<ApiInbox>("/inboxes", { name: "Sales" });
    const visitor = await createVisitorClient(url, channel.id);
    for (const [n, question] of QUESTIONS.entries()) {
      await visitor.start(`the ${question} question`);
      await until(async () => (await api.conversations()).length === n + 1);
    }
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    const { keyboard } = page;
    const list = page.getByRole("region", { name: "Conversations" });
    const bar = page.getByRole("toolbar", { name: "Selected conversations" });
    const picker = page.getByRole("combobox");
    const toast = (words: string | RegExp) => page.locator(".toast", { hasText: words }).first();
    const press = async (...keys: string[]) => {
      for (const key of keys) await keyboard.press(key);
    };
    /** What the API says of all, newest first, wherever they are. */
    const all = async (status: string) =>
      (await api.call<{ items: ApiConversation[] }>(`/conversations?status=${status}`)).items;
    const choose = async (key: string, words: string, name: string | RegExp) => {
      await press(key);
      await picker.waitFor();
      await keyboard.type(words);
      await page.getByRole("option", { name }).first().waitFor();
      await press("Enter");
    };

    await t.step("x picks, Shift+x up to here, Ctrl+A all, Escape none", async () => {
      await list.getByText("the fifth question").waitFor();
      await press("j", "x", "j", "j", "Shift+X");
      await bar.getByText("3 selected").waitFor();
      assert.equal(await list.getByRole("checkbox", { checked: true }).count(), 3);
      await lookAtWidths(page, "bulk");
      await page.setViewportSize(DESK);
      await press("Control+a");
      await bar.getByText("5 selected").waitFor();
      await press("Escape");
      await bar.waitFor({ state: "detached" });
    });

    await t.step("s puts off until a time in words, z brings each back", async () => {
      await press("x", "k", "Shift+X");
      await bar.getByText("2 selected").waitFor();
      await choose("s", "in 3 days 14:30", /14:30/);
      await toast("Snoozed until").waitFor();
      await until(async () => (await all("snoozed")).length === 2, { what: "two are snoozed" });
      assert.equal((await all("open")).length, 3);
      assert.ok((await all("snoozed")).every(({ snoozedUntil }) => snoozedUntil !== null));
      await press("z");
      await until(async () => (await all("open")).length === 5, { what: "all are open" });
      await list.getByText("the third question").waitFor();
    });

    await t.step("t makes a tag for all of them and takes it off, a and p decide", async () => {
      await press("Control+a");
      await bar.getByText("5 selected").waitFor();
      await choose("t", "Wheel", "New tag “Wheel”");
      await until(async () => (await all("open")).every(({ tags }) => tags.includes("Wheel")), {
        what: "all have the tag",
      });
      await page.getByRole("option", { name: "Wheel", selected: true }).waitFor();
      await lookAtWidths(page, "tag-picker");
      await page.setViewportSize(DESK);
      await press("Escape");
      await picker.waitFor({ state: "detached" });
      const { items } = await api.call<{ items: ApiTagUse[] }>("/tags");
      assert.deepEqual(items.map(({ name, liveCount }) => [name, liveCount]), [["Wheel", 5]]);
      await choose("a", "daan", "Daan Smit");
      await until(async () => (await all("open")).every((one) => one.assigneeId === daan.id), {
        what: "all are Daan's",
      });
      await press("Control+a");
      await choose("p", "hi", "High");
      await until(async () => (await all("open")).every(({ priority }) => priority === "high"), {
        what: "all are of high priority",
      });
    });

    await t.step(
      "# throws the open one away, z restores it, Shift+u leaves it unread",
      async () => {
        await press("j", "Enter");
        const thread = threadOf(page);
        await thread.getByRole("textbox", { name: /^Reply to/ }).waitFor();
        await press("#");
        await until(async () => (await all("trash")).length === 1, { what: "one is in the trash" });
        await press("z");
        await until(async () => (await all("open")).length === 5, { what: "it is restored" });
        await thread.getByText("Open", { exact: true }).waitFor();
        await until(async () => await list.locator(".row[data-unread]").count() < 5);
        await press("Shift+U");
        await list.locator(".row[data-unread]").nth(4).waitFor();
        await page.waitForURL((to) => to.pathname === "/inbox/all/open");
      },
    );

    await t.step("y moves to another inbox, ! marks as spam, z takes each back", async () => {
      await press("j", "Enter");
      await threadOf(page).getByRole("textbox", { name: /^Reply to/ }).waitFor();
      await choose("y", "sal", /Sales/);
      const moved = async () => (await all("open")).filter((one) => one.inboxId === sales.id);
      await until(async () => (await moved()).length === 1, { what: "it is moved" });
      await press("z");
      await until(async () => (await moved()).length === 0, { what: "it is back" });
      assert.ok((await all("open")).every((one) => one.assigneeId === daan.id));
      await press("!");
      await until(async () => (await all("spam")).length === 1, { what: "it is spam" });
      await press("z");
      await until(async () => (await all("open")).length === 5, { what: "it is no spam" });
    });

    await t.step("a renamed tag follows on all conversations", async () => {
      const [tag] = (await api.call<{ items: ApiTagUse[] }>("/tags")).items;
      const here = `/settings/tags/${tag?.id}`;
      for (const path of ["/settings/tags?new", here]) await lookAtPage(page.context(), path);
      await page.goto(here);
      await page.getByLabel("Name").focus();
      await press("Control+a");
      await keyboard.type("Wheels");
      await press("Enter");
      await page.getByRole("cell", { name: "Wheels", exact: true }).waitFor();
      await until(async () => (await all("open")).every(({ tags }) => tags.includes("Wheels")), {
        what: "all have the new name",
      });
    });

    assert.deepEqual(errors, []);
  },
});
