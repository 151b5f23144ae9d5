import assert from "node:assert/strict";
import { openTestChat, type TestChat } from "@/tests/fakes/chat.ts";
import type { VisitorConfigJson } from "@/core/model/visitor_api.ts";
import { VisitorApi } from "./api.ts";
import type { ToPage } from "./bridge.ts";
import { Chat } from "./chat.ts";
import { keptFor } from "./kept.ts";
import { asksEmail } from "./state.ts";
import { makeChatLink } from "@/core/continuity/chat_links.ts";
import { isOwn } from "./thread_items.ts";

Deno.test("Chat sends, hears the answer, and tells the team that it was read", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.setOpen(true);
  await chat.show("new");

  chat.send("Is the 56 in stock?");
  await until(() => words(chat).length === 1 && chat.state.outgoing.length === 0);
  const id = chat.state.thread!;
  const replyId = await server.reply(id, "It is!");
  await until(() => words(chat).length === 2);

  assert.deepEqual(words(chat), ["me: Is the 56 in stock?", "Parley: It is!"]);
  await until(async () => await statusOf(server, replyId) === "read");
});

Deno.test("Chat counts what comes while it is closed, and says it was delivered", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("Hello");
  await until(() => chat.state.conversations.length === 1 && device.isListening);

  const replyId = await server.reply(chat.state.conversations[0]!.id, "Hi!");
  await until(() => device.told("unread").at(-1)?.count === 1);

  await until(async () => await statusOf(server, replyId) === "delivered");
  assert.equal(device.told("event").length, 1);
  chat.setOpen(true);
  await until(() => device.told("unread").at(-1)?.count === 0);
  await until(async () => await statusOf(server, replyId) === "read");
});

Deno.test("Chat shows an answer that came while its stream was still being opened", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const opened = Promise.withResolvers<void>();
  device.beforeStream = opened.promise;
  const chat = await device.open();
  chat.setOpen(true);
  await chat.show("new");
  chat.send("Hello");
  await until(() => words(chat).length === 1 && chat.state.outgoing.length === 0);

  await server.reply(chat.state.thread!, "Hi!");
  opened.resolve();

  await until(() => words(chat).length === 2);
});

Deno.test("Chat keeps messages while offline and sends them once, in order, also after a reload", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  device.isOffline = true;

  for (const text of ["One", "Two", "Three"]) chat.send(text);
  await until(() => !chat.state.isOnline);
  assert.equal(chat.state.outgoing.length, 3);
  const reloaded = await device.open();
  assert.deepEqual(reloaded.state.outgoing.map(({ text }) => text), ["One", "Two", "Three"]);
  device.isOffline = false;
  await until(() => reloaded.state.outgoing.length === 0 && chat.state.outgoing.length === 0);

  const rows = await server.core.conversations.list(server.owner, { view: "open" });
  assert.ok(rows.ok);
  assert.equal(rows.value.items.length, 1);
  assert.deepEqual(await texts(server, rows.value.items[0]!.id), ["One", "Two", "Three"]);
});

Deno.test("Chat sends once what arrived while its answer was lost", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("One");
  await until(() => chat.state.conversations.length === 1);
  device.losesAnswers = true;

  chat.send("Two");
  await until(() => !chat.state.isOnline);
  device.losesAnswers = false;
  await until(() => chat.state.outgoing.length === 0);

  assert.deepEqual(await texts(server, chat.state.thread!), ["One", "Two"]);
});

Deno.test("Chat shows the history after a reload", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const before = await device.open();
  before.send("Hello");
  await until(() => before.state.conversations.length === 1);
  await server.reply(before.state.thread!, "Hi!");

  const after = await device.open();
  after.setOpen(true);
  await until(() => words(after).length === 2);

  assert.deepEqual(words(after), ["me: Hello", "Parley: Hi!"]);
});

Deno.test("Chat goes on as somebody new when the server no longer knows the session", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("One");
  await until(() => chat.state.conversations.length === 1);
  const first = chat.state.thread;
  server.ports.clock.advance(31 * 24 * 60 * 60 * 1_000);

  chat.send("Two");
  await until(() => chat.state.outgoing.length === 0 && chat.state.thread !== first);

  assert.deepEqual(words(chat), ["me: Two"]);
  assert.deepEqual(await texts(server, chat.state.thread!), ["Two"]);
});

Deno.test("Chat.reset() leaves nothing of the visitor on the device, nor their session on the server", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("Hello");
  await until(() => chat.state.conversations.length === 1);
  const token = device.kept.get("token")!;

  await chat.reset();

  assert.deepEqual(device.kept.names(""), []);
  assert.deepEqual([chat.state.conversations, chat.state.thread], [[], null]);
  await until(async () => (await server.call("GET", "/conversations", { token })).status === 401);
});

Deno.test("Chat.identify() never shows one person's conversations to the next", async () => {
  await using server = await openTestChat({ identitySecret: SECRET, identityMode: "required" });
  await using device = new TestDevice(server);
  const chat = await device.open();
  assert.equal(chat.state.problem, "identity_required");

  await chat.identify(await identityToken(server, "ada"));
  assert.equal(chat.state.problem, null);
  chat.send("From Ada");
  await until(() => chat.state.conversations.length === 1);
  await chat.identify(await identityToken(server, "bo"));
  assert.deepEqual(chat.state.conversations, []);
  await chat.identify(await identityToken(server, "ada"));
  await until(() => chat.state.conversations.length === 1);

  const sessions = device.requests.filter((path) => path.endsWith("/session")).length;
  await chat.identify(await identityToken(server, "ada"));
  assert.equal(
    device.requests.filter((path) => path.endsWith("/session")).length,
    sessions,
    "the same person again begins no session",
  );
});

Deno.test("Chat waits as long as the server asks, then sends", async () => {
  await using server = await openTestChat({ messagesPerMinute: 1 });
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("One");
  await until(() => chat.state.conversations.length === 1);

  chat.send("Two");
  await until(() => device.waits.includes(60_000));
  assert.equal(chat.state.outgoing.length, 1);
  server.ports.clock.advance(60_000);
  await until(() => chat.state.outgoing.length === 0);
});

Deno.test("Chat keeps what the server refuses, with its reason, until it is tried again or dropped", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();

  chat.send("x".repeat(10_001));
  await until(() => chat.state.outgoing[0]?.state === "failed");
  chat.send("Short");
  await until(() => chat.state.outgoing.length === 1 && chat.state.conversations.length === 1);

  assert.match(chat.state.outgoing[0]!.reason, /10000 characters/);
  chat.sender.discard(chat.state.outgoing[0]!.id);
  assert.deepEqual(chat.state.outgoing, []);
  assert.deepEqual(device.kept.names("out."), []);
});

Deno.test("Chat asks where answers go once the visitor has written, and remembers what they said", async () => {
  await using server = await openTestChat();
  await server.addMailbox();
  await using device = new TestDevice(server);
  const chat = await device.open();
  await chat.show("new");
  assert.ok(!asksEmail(chat.state));
  chat.send("Is the 56 in stock?");
  await until(() => asksEmail(chat.state));

  const refused = await chat.reaching.leave("lea@posta");
  assert.equal(refused?.code, "refused");
  assert.ok(asksEmail(chat.state));
  assert.equal(await chat.reaching.leave("lea@posta.example"), null);

  assert.deepEqual(chat.state.reach, { kind: "known", address: "lea@posta.example" });
  const reloaded = await device.open();
  assert.deepEqual(reloaded.state.reach, { kind: "known", address: null });
  assert.ok([...device.kept.names("")].every((name) => !device.kept.get(name)?.includes("lea@")));
  chat.reaching.askAgain();
  assert.ok(asksEmail(chat.state));
  chat.reaching.skip();
  assert.equal((await device.open()).state.reach.kind, "skipped");
});

Deno.test("Chat asks nobody for an address that is of no use, or known to the site", async () => {
  await using server = await openTestChat({ identitySecret: SECRET });
  await using device = new TestDevice(server);
  const useless = await device.open();
  useless.send("Hello");
  await until(() => useless.state.outgoing.length === 0);
  assert.ok(!asksEmail(useless.state));

  await server.addMailbox();
  const known = await device.open();
  await known.identify(await identityToken(server, "ana", "ana@posta.example"));
  await known.show("new");
  known.send("Hello");
  await until(() => words(known).length === 1);
  assert.ok(!asksEmail(known.state));
});

Deno.test("Chat follows a mail's link in place of what this browser had, once the visitor wants it", async () => {
  await using server = await openTestChat();
  await server.addMailbox();
  await using phone = new TestDevice(server);
  const there = await phone.open();
  await there.show("new");
  there.send("Is the 56 in stock?");
  await until(() => words(there).length === 1);
  await there.reaching.leave("lea@posta.example");
  const conversationId = there.state.thread!;
  const visitorId = await visitorIdOf(server, conversationId);
  const token = await makeChatLink(
    server.core.store,
    server.channelId,
    "lea@posta.example",
    { visitorId, conversationId, issuedAt: server.ports.clock.now() },
  );
  await using desk = new TestDevice(server);
  const here = await desk.open();
  here.send("Somebody else's words");
  await until(() => here.state.outgoing.length === 0);

  here.link.offer(token);
  assert.equal(here.state.link?.state, "asking");
  assert.deepEqual(words(here), ["me: Somebody else's words"]);
  desk.isOffline = true;
  await here.link.follow();
  assert.equal(here.state.link?.state, "unreachable");
  desk.isOffline = false;
  await here.link.follow();

  await until(() => words(here).length === 1 && here.state.thread === conversationId);
  assert.deepEqual(words(here), ["me: Is the 56 in stock?"]);
  assert.equal(here.state.link, null);
  assert.equal(here.state.reach.kind, "known");
  assert.equal(here.state.conversations.length, 1);
});

Deno.test("Chat says when a link opens nothing any more, and keeps what this browser had", async () => {
  await using server = await openTestChat();
  await using device = new TestDevice(server);
  const chat = await device.open();
  chat.send("Hello");
  await until(() => words(chat).length === 1);

  chat.link.offer("vis_1.cnv_1.abc.AAAAAAAAAAAAAAAAAAAAAAAA");
  await chat.link.follow();

  assert.equal(chat.state.link?.state, "dead");
  chat.link.drop();
  assert.deepEqual(words(chat), ["me: Hello"]);
});

const SECRET = "a secret of the site's server, 32+";

/** One visitor's browser: its storage outlives its pages. Time passes at once, but for what the test waits for. */
class TestDevice implements AsyncDisposable {
  readonly kept = keptFor("chn", () => {
    throw new Error("memory only");
  });
  readonly requests: string[] = [];
  readonly waits: number[] = [];
  readonly messages: ToPage[] = [];
  isOffline = false;
  losesAnswers = false;
  isListening = false;
  /** What the server's answer to a stream is held back for. */
  beforeStream: Promise<void> = Promise.resolve();
  readonly #server: TestChat;
  readonly #ended = new AbortController();

  /** Requests and short waits that have not ended. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(server: TestChat) {
    this.#server = server;
  }

  /** Loads a page with the widget. */
  async open(): Promise<Chat> {
    const config = await this.#server.call("GET", "/config");
    const chat = new Chat({
      api: new VisitorApi(
        this.#server.channelId,
        (input, init) => this.#fetch(String(input), init),
      ),
      kept: this.kept,
      tabs: { tell() {}, onMessage() {}, lead: (work) => work() },
      device: {
        now: () => this.#server.ports.clock.now(),
        random: () => 0,
        newId: () => crypto.randomUUID(),
        isVisible: () => true,
        locale: "en",
        wait: (ms, signal) => this.#wait(ms, signal),
      },
      config: config.body as VisitorConfigJson,
      tellPage: (message) => void this.messages.push(message),
    });
    await chat.start();
    return chat;
  }

  told<T extends ToPage["type"]>(type: T) {
    return this.messages.filter((one): one is Extract<ToPage, { type: T }> => one.type === type);
  }

  /** Ends what the page would go on with, and waits for the requests the server still works on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#underWay);
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    this.requests.push(path);
    if (this.isOffline) throw new TypeError("Failed to fetch");
    const headers = Object.fromEntries(new Headers(init.headers));
    if (path.endsWith("/events")) await this.beforeStream;
    const answered = this.#server.fetch(
      init.method ?? "GET",
      path.replace(/^\/visitor\/v1\/[^/]+/, ""),
      { headers, ...typeof init.body === "string" && { body: init.body } },
    );
    this.#underWay.add(answered);
    const response = await answered.finally(() => this.#underWay.delete(answered));
    if (this.losesAnswers) {
      await response.body?.cancel();
      throw new TypeError("Failed to fetch");
    }
    if (!path.endsWith("/events") || response.body === null) return response;
    this.isListening = true;
    const either = AbortSignal.any([this.#ended.signal, ...init.signal ? [init.signal] : []]);
    return new Response(abortable(response.body, either), response);
  }

  /** Long waits are for what does not happen in these tests; short ones let others go first. */
  async #wait(ms: number, signal?: AbortSignal): Promise<void> {
    this.waits.push(ms);
    const until = AbortSignal.any([this.#ended.signal, ...signal ? [signal] : []]);
    if (ms === 40_000 || ms === 7_000 || this.#ended.signal.aborted) {
      // Never resolves once the test is over: nothing may go on then.
      return await new Promise((resolve) => {
        until.addEventListener("abort", () => {
          if (!this.#ended.signal.aborted) resolve();
        });
      });
    }
    const short = new Promise((resolve) => setTimeout(resolve, 5));
    this.#underWay.add(short);
    await short.finally(() => this.#underWay.delete(short));
    if (this.#ended.signal.aborted) await new Promise(() => {});
  }
}

function abortable(body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const piped = new TransformStream<Uint8Array, Uint8Array>();
  body.pipeTo(piped.writable, { signal }).catch(() => {});
  return piped.readable;
}

function words(chat: Chat): readonly string[] {
  const messages = chat.state.threads[chat.state.thread ?? ""]?.messages ?? [];
  return messages.map((one) => `${isOwn(one) ? "me" : one.author.name}: ${one.text}`);
}

async function texts(server: TestChat, conversationId: string): Promise<readonly string[]> {
  const page = await server.core.messages.list(server.owner, conversationId, {});
  assert.ok(page.ok);
  return page.value.items.filter(({ kind }) => kind === "inbound").map(({ text }) => text);
}

async function statusOf(server: TestChat, messageId: string): Promise<string> {
  const found = await server.core.messages.get(server.owner, messageId);
  return found.ok ? found.value.status : found.error.code;
}

async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!await isDone()) {
    if (performance.now() > deadline) throw new Error("It did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function visitorIdOf(server: TestChat, conversationId: string): Promise<string> {
  const row = await server.core.conversations.get(server.owner, conversationId);
  const contact = await server.core.contacts.get(server.owner, row.ok ? row.value.contactId : "");
  assert.ok(contact.ok);
  return contact.value.identities.find(({ kind }) => kind === "visitor")?.value ?? "";
}

async function identityToken(server: TestChat, sub: string, email?: string): Promise<string> {
  const encoder = new TextEncoder();
  const encode = (bytes: Uint8Array) =>
    bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  const iat = Math.floor(server.ports.clock.now() / 1000);
  const payload = { sub, aud: server.channelId, iat, exp: iat + 600, email };
  const text = [{ alg: "HS256" }, payload].map((part) =>
    encode(encoder.encode(JSON.stringify(part)))
  )
    .join(".");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(SECRET), algorithm, false, [
    "sign",
  ]);
  return `${text}.${
    encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(text))))
  }`;
}
