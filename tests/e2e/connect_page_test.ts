/** A Facebook Page is connected: an app, a token, the choice, the doctor; against a stand-in for Meta. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { freePort } from "../../.tasks/free_port.ts";
import type { ApiApp, ApiChannel } from "../../core/model/api.ts";
import { openGraphServer } from "../fakes/messenger/graph_server.ts";
import { signIn } from "./agent_page.ts";
import { findChromium, launchBrowser } from "./launch_browser.ts";
import { lookAtPage, lookAtWidths } from "./look_at_page.ts";
import { startWorkspace } from "./test_workspace.ts";

Deno.test({
  name: "a Facebook Page is connected from an app to the doctor, and its links are there to copy",
  ignore: findChromium() === null,
  // The browser's connection ends a moment after it is closed.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using graph = openGraphServer({ now: () => Date.now() });
    graph.addPage("Veloce Biciclette");
    graph.addPage("Veloce Noleggio");
    const port = String(freePort("127.0.0.1"));
    await using workspace = await startWorkspace({
      PORT: port,
      PARLEY_URL: `http://127.0.0.1:${port}`,
      PARLEY_GRAPH_URL: graph.url,
    });
    await using browser = await launchBrowser();
    const baseURL = workspace.url;
    await using context = await browser.newContext({ baseURL });
    context.setDefaultTimeout(40_000);
    const page = await context.newPage();
    await signIn(page, "nora@veloce.example");

    await page.goto("/settings/channels/new");
    await page.getByRole("link", { name: "Facebook Messenger" }).click();
    await lookAtWidths(page, "page-connect-app");
    await page.getByRole("link", { name: "Add the app" }).click();
    await page.getByLabel("App ID").fill(graph.appId);
    await page.getByLabel("App secret").fill(graph.appSecret);
    await page.getByLabel("Verify token").fill(graph.verifyToken);
    await page.getByRole("button", { name: "Add it" }).click();

    const { items: [app] } = await workspace.api.call<{ items: ApiApp[] }>("/apps");
    assert.ok(app?.webhookUrl);
    assert.equal(await page.getByLabel("Webhook address").inputValue(), app.webhookUrl);
    const verified = await graph.verifyHook(app.webhookUrl);
    assert.deepEqual([verified.status, verified.text], [200, verified.challenge]);
    await lookAtWidths(page, "page-connect-token");
    await page.getByLabel("Access token").fill("not-a-token");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.locator(".error").first().waitFor();
    assert.equal((await page.content()).includes("not-a-token"), false);
    await page.getByLabel("Access token").fill(graph.userToken);
    await page.getByRole("button", { name: "Continue" }).click();

    await page.getByText("Veloce Noleggio").waitFor();
    assert.equal((await page.content()).includes(graph.userToken), false);
    await lookAtWidths(page, "page-connect-choose");
    await page.getByLabel("Veloce Biciclette").check();
    await page.getByRole("button", { name: "Connect and test" }).click();

    // It begins by itself; the foot says how it ended.
    await page.getByText(/\d+ of \d+ checked/).waitFor();
    await lookAtWidths(page, "page-doctor");
    const { items } = await workspace.api.call<{ items: ApiChannel[] }>("/channels");
    const channel = items.find(({ name }) => name === "Veloce Biciclette");
    assert.equal(channel?.appId, app.id);
    await assertLinks(page, channel);

    await lookAtPage(context, `/settings/apps/${app.id}`);
    await lookAtPage(context, `/settings/channels/${channel?.id}`);
  },
});

/** The channel's page shows its direct link, and each further reply gets one. */
async function assertLinks(page: Page, channel: ApiChannel | undefined): Promise<void> {
  await page.goto(`/settings/channels/${channel?.id}`);
  await page.getByText("Add one", { exact: true }).click();
  await page.getByLabel("Name in the link").fill("officina");
  await page.getByLabel("Text", { exact: false }).last().fill("Che cosa dobbiamo riparare?");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor();
  const link = await page.getByLabel("officina").inputValue();
  assert.match(link, /^https:\/\/m\.me\/\d+\?ref=officina$/);
}
