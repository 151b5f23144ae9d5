/** What is written survives everything, follows its author, and colleagues see that somebody is at it. */
import assert from "node:assert/strict";
import {
  assertNotReloaded,
  composerOf,
  openThread,
  openWorkspace,
  rowOf,
  threadOf,
  write,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { addChat, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

Deno.test({
  name: "a draft survives a crash of the server, is the same in two windows, and colleagues see it",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, url, inboxId } = workspace;
    const channel = await addChat(workspace);
    const visitor = await createVisitorClient(url, channel.id);
    const { id } = await visitor.start("Do you have it in red?");
    const name = (await api.conversations())[0]?.contactName ?? "";
    await addUser(workspace, {
      name: "Jonas Berg",
      email: "jonas@veloce.example",
      role: "agent",
      inboxIds: [inboxId],
    });
    await using browser = await launchBrowser();
    await using nora = await openWorkspace(browser, url);
    await using jonas = await openWorkspace(browser, url, "jonas@veloce.example");
    const { page } = nora;
    await openThread(page, name);
    const composer = composerOf(page, name);
    const saved = page.getByText("Saved", { exact: true });
    const here = threadOf(jonas.page).getByRole("status").filter({ hasText: "Nora Visser" });

    await t.step("colleagues see who looks, writes and drafts, in list and thread", async () => {
      await rowOf(jonas.page, name).focus();
      await jonas.page.keyboard.press("Enter");
      await here.filter({ hasText: "is looking at this too" }).waitFor();
      await composer.press("End");
      await page.keyboard.type("Yes, in red");
      await here.filter({ hasText: "is writing here" }).waitFor();
      await saved.waitFor();
    });

    await t.step("the process is killed: the draft is there when it is back", async () => {
      await workspace.stop("SIGKILL");
      await composer.focus();
      await page.keyboard.type(" and in blue");
      await page.getByText("Kept here").waitFor();
      await workspace.start();
      await saved.waitFor();
      await assertNotReloaded(page);
      // Who types was in the memory of the process; what is typed was not.
      await here.filter({ hasText: "is drafting here" }).waitFor();
      await jonas.page.getByRole("img", { name: "Nora Visser is drafting here" }).waitFor();
      await takePicture(jonas.page, "drafting");
      await takePicture(page, "draft-saved");
      await page.reload();
      await composer.waitFor();
      assert.equal(await composer.inputValue(), "Yes, in red and in blue");
    });

    await t.step("another window shows it, follows it, and offers back what lost", async () => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      const second = composerOf(other, name);
      await until(async () => await second.inputValue() === "Yes, in red and in blue");
      await second.press("End");
      await other.keyboard.type("!");
      await until(async () => await composer.inputValue() === "Yes, in red and in blue!");
      // Both type at once.
      await Promise.all([
        write(composer, "No, sorry").then(() => composer.blur()),
        second.fill("In green too").then(() => second.blur()),
      ]);
      const offered = [page, other].map((one) =>
        one.getByRole("alert").filter({ hasText: "in another window" })
      );
      await Promise.any(offered.map((one) => one.waitFor()));
      const kept = async () =>
        JSON.stringify(
          await page.evaluate(
            async (path) => await (await fetch(path)).json(),
            `/api/v1/conversations/${id}/drafts`,
          ),
        );
      await until(async () => {
        const all = await kept();
        return all.includes("No, sorry") && all.includes("In green too");
      });
      await other.close();
    });

    await t.step("what is sent is no draft any more, anywhere", async () => {
      await page.reload();
      await composer.waitFor();
      await write(composer, "In every colour");
      await composer.press("Control+Enter");
      await until(async () =>
        (await visitor.messages(id)).some(({ text }) => text === "In every colour")
      );
      await until(async () => {
        const lines = await page.evaluate(async () => await (await fetch("/api/v1/drafts")).json());
        return lines.items.length === 0;
      });
    });

    await t.step("whoever closes the page is gone", async () => {
      await page.close();
      await here.waitFor({ state: "detached" });
    });
  },
});
