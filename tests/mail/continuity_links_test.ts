/** The links in a mail with a chat's answers: going on with the chat, and ending such mail. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseChatLink } from "../../core/continuity/chat_links.ts";
import {
  type ContinuityWorld,
  HOUR_MS,
  LEA,
  MINUTE_MS,
  openContinuityWorld,
} from "../fakes/continuity_world.ts";

const TEN = 10 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ADDRESS = "192.0.2.1";

/** A chat whose answer was mailed. */
async function mailedChat(world: ContinuityWorld) {
  const begun = await world.begin();
  await world.answer(begun.id, "Yes.");
  await world.pass(TEN);
  return begun;
}

function continueToken(world: ContinuityWorld): string {
  return /#continue=(\S+)/.exec(world.text())?.[1] ?? "";
}

function open(world: ContinuityWorld, continueToken: string, channelId = world.chatId) {
  const input = { continueToken, remoteAddress: ADDRESS };
  return world.inbox.core.visitors.createSession(channelId, input);
}

Deno.test("the link opens the chat as its visitor, on another device, and shows that the address is theirs", async () => {
  await using world = await openContinuityWorld();
  const { visitor, id } = await mailedChat(world);

  const opened = await open(world, continueToken(world));

  assert.ok(opened.ok);
  assert.equal(opened.value.visitor.id, visitor.id);
  assert.equal(opened.value.conversationId, id);
  assert.notEqual(opened.value.visitor.sessionHash, visitor.sessionHash);
  const { core } = world.inbox;
  const again = await core.visitors.authenticate(world.chatId, opened.value.token);
  assert.equal((await world.seen(again ?? visitor, id)).length, 2);
  await world.answer(id, "And more.");
  await world.pass(HOUR_MS);
  assert.equal(world.mails().length, 2, "a proven address is not held to one mail a day");
});

Deno.test("the link works for thirty days, on its channel, as it was made", async () => {
  await using world = await openContinuityWorld({ config: { sessionsPerHour: 1_000 } });
  await mailedChat(world);
  const token = continueToken(world);
  const other = await world.inbox.core.channels.create(world.root, {
    type: "chat",
    inboxId: world.inbox.inboxId,
    name: "Other",
    config: {},
  });
  assert.ok(other.ok);
  const refused = async (changed: string, channelId?: string) => {
    const answer = await open(world, changed, channelId);
    assert.ok(!answer.ok && answer.error.code === "unauthenticated", changed);
  };

  await refused(token, other.value.id);
  for (let i = 0; i < token.length; i += 5) {
    await refused(token.slice(0, i) + (token[i] === "a" ? "b" : "a") + token.slice(i + 1));
  }
  for (const junk of ["", "x", "a.b.c.d", `${token}a`, token.toUpperCase()]) await refused(junk);
  world.inbox.ports.clock.advance(30 * DAY_MS - TEN);
  assert.ok((await open(world, token)).ok);
  world.inbox.ports.clock.advance(2 * TEN);
  await refused(token);
});

Deno.test("being forgotten on a device takes every link of before back", async () => {
  await using world = await openContinuityWorld();
  const { visitor } = await mailedChat(world);
  const token = continueToken(world);
  const opened = await open(world, token);
  assert.ok(opened.ok);

  await world.inbox.core.visitors.endSession(visitor);

  assert.ok(!(await open(world, token)).ok);
});

Deno.test("a link that was mailed to a mistyped address opens nothing once that is corrected", async () => {
  await using world = await openContinuityWorld();
  const { visitor } = await mailedChat(world);
  const token = continueToken(world);

  await world.inbox.core.visitors.leaveEmail(visitor, "lea@right.example", ADDRESS);

  assert.ok(!(await open(world, token)).ok);
});

Deno.test("whom a site vouches for gets no link that lets anybody in", async () => {
  const identitySecret = "an identity secret of 32 characters!";
  const allowedDomains = ["shop.example"];
  await using world = await openContinuityWorld({ config: { identitySecret, allowedDomains } });
  const { core, ports } = world.inbox;
  const begin = async (sub: string, page: string) => {
    const token = await jwt(identitySecret, {
      sub,
      aud: world.chatId,
      email: `${sub}@posta.example`,
      iat: ports.clock.now() / 1_000,
      exp: ports.clock.now() / 1_000 + 60,
    });
    const session = await core.visitors.createSession(world.chatId, {
      identityToken: token,
      page,
      remoteAddress: ADDRESS,
    });
    assert.ok(session.ok && session.value.hasEmail);
    const posted = await core.visitors.start(
      session.value.visitor,
      { id: sub, text: "?" },
      ADDRESS,
    );
    assert.ok(posted.ok);
    await world.answer(posted.value.message.conversationId, "Yes.");
  };

  await begin("ana", "https://shop.example/bikes?order=17");
  await world.pass(TEN);
  assert.deepEqual(world.mails().at(-1)?.to, ["ana@posta.example"]);
  assert.match(world.text(), /https:\/\/shop\.example\/bikes\r?\n/);
  assert.doesNotMatch(world.text(), /continue=/);
  assert.match(world.text(), /> \?/, "their address is as good as proven");

  await begin("eve", "https://evil.example/phish");
  await world.pass(TEN);
  assert.deepEqual(world.mails().at(-1)?.to, ["eve@posta.example"]);
  assert.doesNotMatch(world.text(), /evil|continue=/);
});

Deno.test("the stop link ends mail of that chat channel to its address, until it is taken back", async () => {
  await using world = await openContinuityWorld();
  const { id } = await mailedChat(world);
  const { visitors } = world.inbox.core;
  const token = /stop\?token=(\S+)/.exec(world.text())?.[1] ?? "";
  const found = await visitors.mailStop(world.chatId, token);
  assert.deepEqual(found.ok && found.value, {
    address: LEA,
    companyName: "Veloce",
    isStopped: false,
  });

  const stopped = await visitors.setMailStop(world.chatId, token, true);

  assert.ok(stopped.ok && stopped.value.isStopped);
  await world.answer(id, "More.");
  await world.pass(2 * DAY_MS);
  assert.equal(world.mails().length, 1);
  await visitors.setMailStop(world.chatId, token, false);
  await world.answer(id, "Still more.");
  await world.pass(TEN);
  assert.equal(world.mails().length, 2);
  for (const junk of ["", "a", `${token}a`, token.replace(/.$/, "!"), `x${token}`]) {
    const answer = await visitors.setMailStop(world.chatId, junk, true);
    assert.ok(!answer.ok && answer.error.code === "not_found", junk);
  }
});

Deno.test("parseChatLink() is total", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
    const link = parseChatLink(text);
    if (link !== null) assert.ok(Number.isSafeInteger(link.issuedAt));
  }));
});

async function jwt(secret: string, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes(body));
  return `${body}.${Buffer.from(signature).toString("base64url")}`;
}
