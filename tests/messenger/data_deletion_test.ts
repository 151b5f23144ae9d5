import assert from "node:assert/strict";
import { graphError } from "../fakes/messenger/graph_errors.ts";
import { signedRequest } from "../fakes/messenger/sign_delivery.ts";
import { openMessengerWorld } from "./messenger_world.ts";

async function demand(hook: string, secret: string, userId: string): Promise<Response> {
  const request = signedRequest(secret, {
    algorithm: "HMAC-SHA256",
    issued_at: 1,
    user_id: userId,
  });
  const body = new URLSearchParams({ signed_request: request });
  return await fetch(`${hook}/data-deletion`, { method: "POST", body });
}

Deno.test("somebody who asks Meta for it is deleted, and nobody else", async () => {
  await using world = await openMessengerWorld();
  const { graph, page, inbox, hook } = world;
  const ana = page.addPerson({ firstName: "Ana", psid: "200" });
  ana.writes("Forget me");
  page.addPerson({ firstName: "Ben", psid: "300" }).writes("Keep me");
  await world.deliver();

  const response = await demand(hook, graph.appSecret, "app-200");
  const answer = await response.json();
  await inbox.runJobs();
  inbox.ports.clock.advance(60_000);
  await inbox.runJobs();

  assert.equal(response.status, 200);
  assert.deepEqual(Object.keys(answer).sort(), ["confirmation_code", "url"]);
  assert.ok(answer.url.endsWith(answer.confirmation_code));
  assert.deepEqual((await world.conversations()).map(({ preview }) => preview), ["Keep me"]);
});

Deno.test("a demand that Meta did not sign, or that cannot be looked up, promises nothing", async () => {
  await using world = await openMessengerWorld();
  const { graph, page, inbox, hook } = world;
  page.addPerson({ firstName: "Ana", psid: "200" }).writes("I stay");
  await world.deliver();

  const forged = await demand(hook, "another secret", "app-200");
  graph.failNext(graphError("temporary"));
  const later = await demand(hook, graph.appSecret, "app-200");
  await inbox.runJobs();

  assert.equal(forged.status, 401);
  assert.equal(later.status, 503);
  await Promise.all([forged, later].map((one) => one.body?.cancel()));
  assert.equal((await world.conversations()).length, 1);
});
