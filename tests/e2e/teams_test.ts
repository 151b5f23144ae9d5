/** Teams and following, without a mouse: a team is made, works in an inbox, has a conversation, and is taken apart. */
import assert from "node:assert/strict";
import type { ApiConversation, ApiFollowers, ApiInbox, ApiTeam } from "../../core/model/api.ts";
import { composerOf, openWorkspace, rowOf, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage } from "./look_at_page.ts";
import { takePicture } from "./pictures.ts";
import { postMail } from "./post_mail.ts";
import { addMailbox, addUser, startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

const CUSTOMER = "Ada Berg";

Deno.test({
  name: "teams work in inboxes and on conversations; a conversation is followed with w",
  ignore: findChromium() === null,
  async fn(t) {
    await using workspace = await startWorkspace();
    const { api, inboxId, url } = workspace;
    // Nothing is sent: there is no such server.
    const channel = await addMailbox(workspace, 9);
    const email = "daan@veloce.example";
    const daan = await addUser(workspace, {
      name: "Daan Smit",
      email,
      role: "agent",
      inboxIds: [],
    });
    await postMail(url, channel.id, {
      from: `${CUSTOMER} <ada@posta.example>`,
      subject: "Gears",
      messageId: "1@posta.example",
      text: "They slip",
    });
    await until(async () => (await api.conversations()).length === 1);
    const [conversation] = await api.conversations();
    const id = conversation?.id ?? "";
    await using browser = await launchBrowser();
    await using owner = await openWorkspace(browser, url);
    const settings = owner.page;
    let teamPage = "";

    await t.step("a team is made and gets a member, an inbox gets the team", async () => {
      await settings.goto("/settings/teams");
      await settings.getByRole("link", { name: "Add a team" }).press("Enter");
      await settings.getByLabel("Name", { exact: true }).fill("Workshop");
      await settings.getByLabel("Name", { exact: true }).press("Enter");
      await settings.waitForURL("**/settings/teams/tem_*");
      teamPage = new URL(settings.url()).pathname;
      await settings.getByRole("checkbox", { name: "Daan Smit" }).press("Space");
      await settings.getByRole("button", { name: "Save" }).press("Enter");
      await settings.getByRole("status").getByText("Saved.").waitFor();

      await settings.goto(`/settings/inboxes/${inboxId}`);
      await settings.getByRole("checkbox", { name: "Workshop" }).press("Space");
      await settings.getByRole("button", { name: "Save" }).press("Enter");
      await settings.getByRole("status").getByText("Saved.").waitFor();

      const [team] = (await api.call<{ items: ApiTeam[] }>("/teams")).items;
      const inbox = await api.call<ApiInbox>(`/inboxes/${inboxId}`);
      assert.deepEqual(team?.memberIds, [daan.id]);
      assert.deepEqual(inbox.teamIds, [team?.id]);
    });

    await t.step("the pages show well", async () => {
      const context = settings.context();
      for (const path of ["/settings/teams?new", "/settings/users", teamPage]) {
        await lookAtPage(context, path);
      }
    });

    await using agent = await openWorkspace(browser, url, email);
    const { page, errors } = agent;
    const thread = threadOf(page);

    await t.step(
      "its member sees the inbox, and gives a conversation to the team by a",
      async () => {
        await rowOf(page, CUSTOMER).waitFor();
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await composerOf(page, CUSTOMER).waitFor();
        await page.keyboard.press("Escape");
        await page.keyboard.press("a");
        await page.getByRole("combobox", { name: "Assign to" }).waitFor();
        await page.keyboard.type("worksh");
        await page.getByRole("option", { name: "Workshop" }).waitFor();
        await page.keyboard.press("Enter");
        await thread.getByText("assigned this to Workshop").waitFor();
      },
    );

    await t.step("w follows, and w again follows no longer", async () => {
      const following = async () => {
        const { userIds } = await api.call<ApiFollowers>(`/conversations/${id}/follow`);
        return userIds.includes(daan.id);
      };
      const button = thread.getByRole("button", { name: /^Follow/ });
      await button.and(page.locator(":not([aria-busy])")).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("w");
      await thread.getByRole("button", { name: "Following" }).waitFor();
      assert.equal(await following(), true);
      await takePicture(page, "following");

      await page.keyboard.press("w");
      await thread.getByRole("button", { name: /^Follow\b(?!ing)/ }).waitFor();
      assert.equal(await following(), false);
    });

    await t.step("when the team is removed, its member has the inbox no longer", async () => {
      await settings.goto("/settings/teams");
      await settings.getByRole("link", { name: "Edit Workshop" }).press("Enter");
      await settings.getByRole("button", { name: "Remove" }).press("Enter");
      await settings.getByRole("status").getByText("Removed.").waitFor();

      await rowOf(page, CUSTOMER).waitFor({ state: "detached" });
      await until(async () => {
        const { teamId } = await api.call<ApiConversation>(`/conversations/${id}`);
        return teamId === null;
      });
    });

    assert.deepEqual(errors.filter((line) => !/status of 404/.test(line)), []);
    assert.deepEqual(owner.errors, []);
  },
});
