/** Nobody answers what they have not read. */
import assert from "node:assert/strict";
import {
  assertNotReloaded,
  composerOf,
  openThread,
  openWorkspace,
  threadOf,
  write,
  writtenIn,
} from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { addChat, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

Deno.test({
  name: "a customer who writes while the agent types holds the answer back until it is decided",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, url } = workspace;
    const channel = await addChat(workspace);
    const visitor = await createVisitorClient(url, channel.id);
    const { id } = await visitor.start("Do you have it in red?");
    const name = (await api.conversations())[0]?.contactName ?? "";
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url);
    const { page, errors } = agent;
    await openThread(page, name);
    const thread = threadOf(page);
    const composer = composerOf(page, name);
    const guard = thread.getByRole("alert").filter({ hasText: "moved on while you wrote" });
    const replies = async () =>
      (await visitor.messages(id)).filter(({ author }) => author.type === "agent")
        .map(({ text }) => text);

    await t.step("Send is held back and what is new is shown", async () => {
      await composer.pressSequentially("Yes, in red");
      await visitor.say(id, "Sorry, I meant blue!");
      await thread.getByText("Sorry, I meant blue!").waitFor();
      await composer.press("Control+Enter");

      await guard.getByText("Sorry, I meant blue!").waitFor();
      assert.equal(await writtenIn(composer), "Yes, in red");
      await takePicture(page, "version-guard");
      assert.deepEqual(await replies(), []);
    });

    await t.step("Ctrl-Enter alone does not get past it", async () => {
      await composer.press("Control+Enter");

      await guard.waitFor();
      assert.deepEqual(await replies(), []);
    });

    await t.step("after Read first the words can be changed and sent", async () => {
      await guard.getByRole("button", { name: "Read first" }).press("Enter");
      await guard.waitFor({ state: "detached" });
      await write(composer, "Yes, in blue too");
      await composer.press("Control+Enter");

      await until(async () => (await replies()).length === 1, { what: "the reply arrives" });
      assert.deepEqual(await replies(), ["Yes, in blue too"]);
    });

    await t.step("Send anyway sends the words as they are", async () => {
      await composer.pressSequentially("Shall I keep one for you?");
      await visitor.say(id, "And in green?");
      await thread.getByText("And in green?").waitFor();
      await composer.press("Control+Enter");
      await guard.getByRole("button", { name: "Send anyway" }).press("Enter");

      await until(async () => (await replies()).length === 2, { what: "the reply arrives" });
      assert.equal((await replies())[1], "Shall I keep one for you?");
      assert.equal(await writtenIn(composer), "");
    });

    await assertNotReloaded(page);
    // The browser itself reports the three answers with status 409.
    assert.deepEqual(errors.filter((line) => !/status of 409/.test(line)), []);
  },
});
