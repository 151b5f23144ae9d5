/** The inbox in a browser that runs no script: plain pages, links and forms. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { composerOf, openWorkspace, rowOf, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { takePicture } from "./pictures.ts";
import { addChat, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";
import { createVisitorClient } from "./visitor_client.ts";

Deno.test({
  name: "without script: read, reply, comment, assign, close and open again",
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
    const visitor = await createVisitorClient(url, channel.id);
    const { id } = await visitor.start("Do you have it in red?");
    const name = (await api.conversations())[0]?.contactName ?? "";
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, url, undefined, { javaScriptEnabled: false });
    const { page, errors } = agent;
    const thread = threadOf(page);
    const conversation = () =>
      api.call<{ status: string; assigneeId: string | null }>(
        `/conversations/${id}`,
      );

    await t.step("a conversation is read", async () => {
      await rowOf(page, name).click();
      await thread.getByText("Do you have it in red?").waitFor();
    });

    await t.step(
      "a reply reaches the customer, once even when the form is sent again",
      async () => {
        await composerOf(page, name).fill("Yes,\nin red too");
        const [posted] = await Promise.all([
          page.waitForRequest((request) => request.method() === "POST"),
          thread.getByRole("button", { name: "Send", exact: true }).click(),
        ]);
        await thread.getByText("in red too").waitFor();
        await takePicture(page, "without-script");
        // As an impatient second click does.
        const again = await page.request.fetch(posted.url(), {
          method: "POST",
          headers: { ...await posted.allHeaders(), origin: url },
          data: posted.postDataBuffer() ?? Buffer.alloc(0),
          maxRedirects: 0,
        });
        assert.equal(again.status(), 303);

        const replies = async () =>
          (await visitor.messages(id)).filter(({ author }) => author.type === "agent");
        await until(async () => (await replies()).length > 0, { what: "the reply arrives" });
        assert.deepEqual((await replies()).map(({ text }) => text), ["Yes,\nin red too"]);
      },
    );

    await t.step("an answer to what was not read is held back, its words kept", async () => {
      await visitor.say(id, "Wait, blue!");
      await composerOf(page, name).fill("Red it is");
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        thread.getByRole("button", { name: "Send", exact: true }).click(),
      ]);

      assert.equal(answer.status(), 409);
      await thread.getByRole("alert").getByText(/nothing was sent/).waitFor();
      await thread.getByText("Wait, blue!").waitFor();
      assert.equal(await composerOf(page, name).inputValue(), "Red it is");
    });

    await t.step("a comment stays inside", async () => {
      await thread.getByRole("link", { name: "Comment" }).first().click();
      await thread.getByRole("textbox", { name: "Comment" }).fill("She wants blue");
      await thread.getByRole("button", { name: "Add comment" }).click();
      await thread.getByText("She wants blue").waitFor();

      assert.ok(!(await visitor.messages(id)).some(({ text }) => text === "She wants blue"));
    });

    await t.step("it is assigned", async () => {
      await thread.getByText(/^Assigned to .*, change$/).locator("..").click();
      await thread.getByRole("button", { name: "Daan Smit" }).click();
      await thread.getByText("assigned this to Daan Smit").waitFor();

      assert.equal((await conversation()).assigneeId, daan.id);
    });

    await t.step("it is closed, found among the closed, and opened again", async () => {
      await thread.getByRole("button", { name: "Close", exact: true }).click();
      await thread.getByRole("button", { name: "Reopen" }).waitFor();
      assert.equal((await conversation()).status, "closed");
      await page.getByRole("link", { name: "Closed" }).first().click();
      await rowOf(page, name).click();
      await thread.getByRole("button", { name: "Reopen" }).click();
      await thread.getByRole("button", { name: "Close", exact: true }).waitFor();
      assert.equal((await conversation()).status, "open");
    });

    assert.deepEqual(errors.filter((line) => !/status of 409/.test(line)), []);
  },
});
