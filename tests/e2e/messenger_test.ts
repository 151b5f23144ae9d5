/** Pages are connected in the settings, then customers write to one of them and are answered. */
import assert from "node:assert/strict";
import type { GraphPage } from "../fakes/messenger/graph_page.ts";
import { openGraphServer } from "../fakes/messenger/graph_server.ts";
import { openThread, openWorkspace, reply, rowOf, threadOf } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { assertGoodPage } from "./page_checks.ts";
import { takePicture } from "./pictures.ts";
import { startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

/** Eight by eight pixels of one colour. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGPQ8LmDFTEMLQkAxQlHAQ1CcH8AAAAASUVORK5CYII=";

Deno.test({
  name: "Facebook Pages are connected with one app, and their customers answered",
  ignore: findChromium() === null,
  async fn(t) {
    await using graph = openGraphServer({ now: Date.now });
    const port = freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = { PORT: `${port}`, PARLEY_URL: url, PARLEY_GRAPH_URL: graph.url };
    await using workspace = await startWorkspace(env);
    const { api } = workspace;
    await using browser = await launchBrowser();
    await using agent = await openWorkspace(browser, workspace.url);
    const { page, errors } = agent;
    const veloce = graph.addPage("Veloce");
    const ghent = graph.addPage("Veloce Ghent");
    veloce.state.otherApps = [{ id: "55", name: "Bot Builder" }];

    await t.step("the app is made once", async () => {
      await page.goto("/settings/channels/connect/messenger");
      await page.getByRole("link", { name: "Add the app" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Veloce at Meta");
      await page.getByLabel("App ID").fill(graph.appId);
      await page.getByLabel("App secret").fill(graph.appSecret);
      await page.getByLabel("Verify token").fill(graph.verifyToken);
      await assertGoodPage(page);
      await takePicture(page, "messenger-app");
      await page.getByRole("button", { name: /Add|Save/ }).first().click();
      await page.getByLabel("Access token").waitFor();
    });

    await t.step("a token shows the Pages; one is chosen, subscribed and examined", async () => {
      await takePicture(page, "messenger-token");
      await page.getByLabel("Access token").fill(graph.userToken);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByText("Veloce Ghent").waitFor();
      await takePicture(page, "messenger-pages");
      await page.locator(`input[name=account][value="${veloce.id}"]`).check();
      await page.getByRole("button", { name: "Connect and test" }).click();
      await page.getByText("Done: Which app answers first").waitFor();
      await page.getByText(/Bot Builder/).waitFor();
      await assertGoodPage(page);
      await takePicture(page, "messenger-doctor");

      await until(() => veloce.fields?.has("messages"), { what: "the Page is subscribed" });
      assert.equal(ghent.fields, null, "the other Page stays alone");
      assert.match(graph.appHook?.callbackUrl ?? "", /\/hooks\/app\/app_/);
    });

    const hook = graph.appHook?.callbackUrl ?? "";
    const ana = veloce.addPerson({ firstName: "Ana", lastName: "Moreau" });

    await t.step("a customer writes, with a picture, and is greeted", async () => {
      await page.goto("/");
      const bytes = Uint8Array.fromBase64(PNG);
      ana.writes("My chain broke 🚲", {
        files: [{ kind: "image", type: "image/png", name: "chain.png", bytes }],
      });
      await graph.deliver(hook);
      await rowOf(page, "Ana Moreau").waitFor();
      await openThread(page, "Ana Moreau");
      await threadOf(page).getByText("My chain broke").first().waitFor();
      await until(() => outOf(veloce).some((text) => text.includes("thank you")), {
        what: "the greeting is out",
      });
    });

    await t.step("an answer goes out, and shows once it was read", async () => {
      await reply(page, "Ana Moreau", "Bring it by, we are open until six.");
      await until(() => outOf(veloce).includes("Bring it by, we are open until six."), {
        what: "the answer is out",
      });
      ana.gets();
      ana.reads();
      await graph.deliver(hook, { order: "reversed", times: 2 });
      const messages = await until(async () => {
        const [conversation] = await api.conversations();
        const all = await api.messages(conversation?.id ?? "");
        return all.at(-1)?.status === "read" ? all : null;
      }, { what: "the answer is read" });
      assert.equal(
        messages.filter(({ kind }) => kind === "reply").length,
        2,
        "echoes are no answers",
      );
    });

    await t.step("what the customer changes and what others answer is seen", async () => {
      const [first] = veloce.messages;
      ana.edits(first?.mid ?? "", "My chain fell off 🚲");
      ana.reacts(veloce.messages.at(-1)?.mid ?? "", "❤️");
      veloce.answersElsewhere(ana.psid, "And say hello to Marco.");
      ana.writes("Yes", { quickReply: "YES" });
      await graph.deliver(hook, { batch: 10 });

      await threadOf(page).getByText("My chain fell off").first().waitFor();
      await threadOf(page).getByText("And say hello to Marco.").first().waitFor();
      await threadOf(page).getByText("Meta Business Suite").first().waitFor();
      assert.equal(await threadOf(page).getByText("Visitor").count(), 0, "their name came later");
      await assertGoodPage(page);
      await takePicture(page, "messenger-thread");
    });

    assert.deepEqual(errors, []);
  },
});

function outOf(page: GraphPage): readonly string[] {
  return page.messages.filter(({ fromPage }) => fromPage).map(({ text }) => text ?? "");
}

/** One that nobody has right now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
