/** Whether a customer may be answered, until when, and with what: as the composer shows it. */
import assert from "node:assert/strict";
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
import { lookAtWidths } from "./look_at_page.ts";
import { openProgramChannel } from "./program_channel.ts";
import { startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const HOUR = 60 * 60 * 1_000;

Deno.test({
  name: "the composer shows how long there is to answer, and what can be done afterwards",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    await using rich = await openProgramChannel(workspace, {
      name: "Veloce",
      hasTemplates: true,
      config: { windowHours: 24, quickReplies: 3, quickReplyMax: 20, takesTyping: true },
    });
    await using plain = await openProgramChannel(workspace, {
      name: "Veloce Roma",
      config: { windowHours: 24, fileTypes: ["image/*"], textMax: 2_000 },
    });
    await rich.write("Anna Bianchi", "Is the red one still there?");
    await rich.write("Ben Koster", "Do you open on Sunday?", 24 * HOUR - 90 * 60_000);
    await rich.write("Tom de Wit", "Thank you!", 3 * 24 * HOUR);
    await plain.write("Carla Neri", "A presto", 2 * 24 * HOUR);
    await until(async () => (await workspace.api.conversations()).length === 4, {
      what: "all four have written",
    });
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const thread = threadOf(page);
    const send = thread.getByRole("button", { name: "Send", exact: true });

    await t.step("there is time", async () => {
      await openThread(page, "Anna Bianchi");
      await thread.getByText("Reply within 23 h").waitFor();
      await thread.getByText("API, Veloce").first().waitFor();
    });

    await t.step("quick replies are written as chips, and go along", async () => {
      await write(composerOf(page, "Anna Bianchi"), "It is. Shall I keep it for you?");
      await thread.getByRole("button", { name: "Quick replies" }).click();
      await page.keyboard.type("Yes, please");
      await page.keyboard.press("Enter");
      await page.keyboard.type("No");
      await lookAtWidths(page, "window-quick-replies");
      await page.setViewportSize({ width: 1440, height: 900 });
      await composerOf(page, "Anna Bianchi").press("Control+Enter");

      await until(() => rich.arrived.length === 1, { what: "the reply arrives" });
      assert.equal(rich.arrived[0]?.window, "open");
      assert.deepEqual(rich.arrived[0]?.quickReplies, [
        { title: "Yes, please", payload: "Yes, please" },
        { title: "No", payload: "No" },
      ]);
      await thread.getByRole("list", { name: "Quick replies" }).getByText("Yes, please").waitFor();
      assert.equal(await thread.getByRole("group", { name: "Quick replies" }).count(), 0);
      await lookAtWidths(page, "window-open");
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    await t.step("a customer who types is seen, and what they are called now", async () => {
      await rich.tell("Anna Bianchi", { type: "typing" });
      await thread.getByText("Anna Bianchi is writing").waitFor();
      await rich.tell("Anna Bianchi", { type: "contact_updated", name: "Anna Bianchi-Rossi" });
      await thread.getByText("Anna Bianchi-Rossi").first().waitFor();
    });

    await t.step("there is little time", async () => {
      await openThread(page, "Ben Koster");
      await write(composerOf(page, "Ben Koster"), "From ten to four.");
      await thread.getByText("Reply within 1 h").waitFor();
      await lookAtWidths(page, "window-near");
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    await t.step("the window is over, and nothing but a comment can be written", async () => {
      await openThread(page, "Carla Neri");
      await thread.getByText("The reply window is closed").waitFor();
      await thread.getByText("over 24 hours ago").waitFor();
      await write(composerOf(page, "Carla Neri"), "A presto, Carla");
      assert.equal(await send.getAttribute("aria-disabled"), "true");
      await composerOf(page, "Carla Neri").press("Control+Enter");
      assert.equal(plain.arrived.length, 0);
      const accept = await thread.locator("input[type=file]").getAttribute("accept");
      assert.equal(accept, "image/*");
      await lookAtWidths(page, "window-closed");
      await page.setViewportSize({ width: 1440, height: 900 });
    });

    await t.step("it opens while one looks at it, and the draft is there", async () => {
      await plain.write("Carla Neri", "Ci siete?");
      await thread.getByText("Reply within 23 h").waitFor();
      assert.equal(await writtenIn(composerOf(page, "Carla Neri")), "A presto, Carla");
      await composerOf(page, "Carla Neri").press("Control+Enter");
      // It was written before she wrote.
      await thread.getByRole("button", { name: "Send anyway" }).click();
      await until(() => plain.arrived.length === 1, { what: "the draft arrives" });
    });

    await t.step("who opted out is not written to, from that moment", async () => {
      await plain.tell("Carla Neri", { type: "opt_out" });
      await thread.getByText("Carla wants no messages here").waitFor();
      await lookAtWidths(page, "window-opted-out");
      await page.setViewportSize({ width: 1440, height: 900 });
      await plain.tell("Carla Neri", { type: "opt_in" });
      await thread.getByText("Carla wants no messages here").waitFor({ state: "detached" });
    });

    await t.step("an approved template goes when the window is over", async () => {
      await page.getByRole("region", { name: "Conversations" })
        .getByRole("link", { name: "Tom de Wit", exact: true }).click();
      await thread.getByText("only a template may be sent").waitFor();
      await thread.getByLabel("Template").selectOption({ label: "bike ready (en)" });
      assert.equal(await send.getAttribute("aria-disabled"), "true");
      await thread.getByLabel("Value 1").fill("Tom");
      await thread.getByLabel("Value 2").fill("six o'clock");
      const reads = "Hello Tom, your bike is ready. Come by until six o'clock.";
      await thread.getByText(reads).waitFor();
      await lookAtWidths(page, "window-template");
      await page.setViewportSize({ width: 1440, height: 900 });
      await send.click();

      await until(() => rich.arrived.length === 2, { what: "the template arrives" });
      assert.deepEqual(rich.arrived[1]?.template, {
        name: "bike_ready",
        language: "en",
        values: ["Tom", "six o'clock"],
      });
      assert.equal(rich.arrived[1]?.text, reads);
    });

    await t.step("the window closes while one looks at it", async () => {
      await rich.write("Dora Alt", "Only a moment", 24 * HOUR - 12_000);
      await page.getByRole("button", { name: "1 new" }).click();
      await openThread(page, "Dora Alt");
      await thread.getByText("Reply within a minute").waitFor();
      await reply(page, "Dora Alt", "Quickly");
      await until(() => rich.arrived.length === 3, { what: "it still went" });
      await thread.getByText("The reply window is closed").waitFor();
      await thread.getByLabel("Template").waitFor();
    });

    await t.step("the page reported no error", () => {
      // What somebody has not read yet is refused with 409, which browsers tell.
      assert.deepEqual(errors.filter((line) => !line.includes("status of 409")), []);
    });
  },
});
