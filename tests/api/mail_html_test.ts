import assert from "node:assert/strict";
import type { ApiMessage } from "../../core/model/api.ts";
import { openTestWorld, receiveMail } from "../fakes/test_world.ts";

const MAIL = [
  "From: Ada <ada@customer.example>",
  "Subject: Broken",
  "Message-ID: <1@customer.example>",
  "MIME-Version: 1.0",
  'Content-Type: multipart/related; boundary="b"',
  "",
  "--b",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<p onclick="alert(1)">See <img src="cid:pic@x"><img src="https://tracker.example/p.gif"></p>',
  "<script>alert(2)</script>",
  "--b",
  "Content-Type: image/png",
  "Content-ID: <pic@x>",
  'Content-Disposition: inline; filename="pic.png"',
  "Content-Transfer-Encoding: base64",
  "",
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "--b--",
  "",
].join("\r\n");

Deno.test("a mail's HTML is served sanitised, for a frame in which nothing can run or load", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const { messageId } = await receiveMail(app, mine, MAIL);
  const path = `/api/v1/messages/${messageId}/html`;

  const blocked = await app.fetch(path, agent.sender);
  const allowed = await app.fetch(`${path}?images=1`, agent.sender);
  const single = await app.fetch(`/api/v1/messages/${messageId}`, agent.sender);

  const policy = blocked.headers.get("content-security-policy") ?? "";
  assert.match(policy, /^sandbox /);
  assert.ok(!policy.includes("allow-scripts"));
  assert.match(policy, /default-src 'none'/);
  assert.ok(!policy.includes("https:"));
  assert.equal(allowed.headers.get("content-security-policy"), policy);
  assert.equal(blocked.headers.get("x-frame-options"), null, "its own page frames it");
  assert.match(blocked.headers.get("content-type") ?? "", /^text\/html/);
  const html = await blocked.text();
  assert.ok(!html.includes("<script") && !html.includes("onclick"), html);
  assert.ok(!html.includes("tracker.example"), "remote image");
  const shown = await allowed.text();
  assert.match(shown, /src="\/api\/v1\/images\?url=https%3A%2F%2Ftracker.example%2Fp.gif&amp;sig/);
  assert.ok(!shown.includes("https://tracker.example"), "it comes through Parley");
  const { html: inline }: ApiMessage = await single.json();
  assert.ok(inline && !inline.includes("script") && !inline.includes("tracker.example"));
});

Deno.test("an inline image of a mail is shown by a signed address, as the image it is", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const { messageId } = await receiveMail(app, mine, MAIL);

  const page = await app.fetch(`/api/v1/messages/${messageId}/html`, agent.sender);
  const [, source] = /src="(\/api\/v1\/attachments\/[^"]+)"/.exec(await page.text()) ?? [];
  const image = await app.fetch((source ?? "").replaceAll("&amp;", "&"), null);

  assert.equal(image.status, 200);
  assert.equal(image.headers.get("content-type"), "image/png");
  assert.match(image.headers.get("content-disposition") ?? "", /^inline/);
  assert.match(image.headers.get("content-security-policy") ?? "", /^sandbox/);
  assert.equal((await image.bytes())[0], 0x89);
});

Deno.test("a remote image of a mail is fetched by Parley, for whoever is signed in", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const { messageId } = await receiveMail(app, mine, MAIL);

  const page = await app.fetch(`/api/v1/messages/${messageId}/html?images=1`, agent.sender);
  const [, source = ""] = /src="(\/api\/v1\/images[^"]+)"/.exec(await page.text()) ?? [];
  const address = source.replaceAll("&amp;", "&");
  const image = await app.fetch(address, agent.sender);
  const stranger = await app.fetch(address, null);
  const forged = await app.fetch(address.replace("p.gif", "q.gif"), agent.sender);

  assert.equal(image.status, 200);
  assert.equal(image.headers.get("content-type"), "image/png");
  assert.match(image.headers.get("content-security-policy") ?? "", /^sandbox/);
  assert.equal(image.headers.get("x-content-type-options"), "nosniff");
  assert.equal((await image.bytes())[0], 0x89);
  assert.equal(stranger.status, 401);
  assert.equal(forged.status, 404);
  for (const one of [stranger, forged]) await one.body?.cancel();
});

Deno.test("a mail's raw bytes are what was delivered, whole or in part", async () => {
  await using world = await openTestWorld();
  const { app, mine, agent } = world;
  const { messageId } = await receiveMail(app, mine, MAIL);
  const path = `/api/v1/messages/${messageId}/raw`;

  const whole = await app.fetch(path, agent.sender);
  const part = await app.fetch(path, agent.sender, { headers: { range: "bytes=0-3" } });
  const none = await app.fetch(`/api/v1/messages/${mine.messageId}/raw`, agent.sender);

  assert.equal(await whole.text(), MAIL);
  assert.equal(whole.headers.get("content-type"), "message/rfc822");
  assert.match(whole.headers.get("content-disposition") ?? "", /^attachment; .*\.eml/);
  assert.equal(part.status, 206);
  assert.equal(await part.text(), "From");
  assert.equal(none.status, 404);
  await none.body?.cancel();
});
