/** Somebody asks Meta that their data be deleted, and looks at what became of it. */
import assert from "node:assert/strict";
import { openGraphServer } from "../fakes/messenger/graph_server.ts";
import { signedRequest } from "../fakes/messenger/sign_delivery.ts";
import { startWorkspace } from "./test_workspace.ts";
import { until } from "./until.ts";

Deno.test("whoever asks Meta for it finds a page that says when their data is deleted", async () => {
  await using graph = openGraphServer({ now: Date.now });
  await using workspace = await startWorkspace({ PARLEY_GRAPH_URL: graph.url });
  const { api, url, inboxId } = workspace;
  const { appId, appSecret, verifyToken } = graph;
  const page = graph.addPage("Veloce");
  const app = await api.call<{ id: string }>("/apps", {
    adapter: "meta",
    name: "Veloce at Meta",
    config: { appId, appSecret, verifyToken },
  });
  await api.call("/channels", {
    type: "messenger",
    inboxId,
    name: "Veloce",
    appId: app.id,
    config: { pageId: page.id, pageAccessToken: page.token },
  });
  const hook = `${url}/hooks/app/${app.id}`;
  await until(() => page.fields !== null, { what: "the Page is subscribed" });
  page.addPerson({ firstName: "Ana", psid: "200" }).writes("Forget me");
  await graph.deliver(hook);
  const isThere = async () =>
    (await api.conversations()).some(({ preview }) => preview === "Forget me");
  await until(isThere, { what: "it came" });

  const demand = signedRequest(appSecret, {
    algorithm: "HMAC-SHA256",
    issued_at: 1,
    user_id: "app-200",
  });
  const answered = await fetch(`${hook}/data-deletion`, {
    method: "POST",
    body: new URLSearchParams({ signed_request: demand }),
  });
  const answer: { url: string; confirmation_code: string } = await answered.json();
  const { pathname } = new URL(answer.url);

  assert.equal(pathname, `/data-deletion/${answer.confirmation_code}`);
  await until(async () => (await textAt(url, pathname)).includes("Your data is deleted"), {
    what: "the page says so",
  });
  assert.equal(await isThere(), false);
  const unknown = await fetch(`${url}/data-deletion/${"0".repeat(24)}`);
  await unknown.body?.cancel();
  assert.equal(unknown.status, 404);
});

async function textAt(url: string, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  assert.equal(response.status, 200);
  return await response.text();
}
