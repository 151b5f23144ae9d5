import assert from "node:assert/strict";
import { SseParser, type StreamEvent } from "@/islands/(_client)/widget/sse_parser.ts";
import { openTestChat, type TestChat } from "@/tests/fakes/chat.ts";

Deno.test("GET /events tells a visitor what happens to their conversations, and nothing else", async () => {
  await using chat = await openTestChat();
  const [token, other] = [await chat.visitor(), await chat.visitor()];
  await using stream = await openStream(chat, token);
  await stream.next("hello");

  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "Hello" } },
  });
  await chat.call("POST", "/conversations", {
    token: other,
    body: { message: { id: "x1", text: "Somebody else" } },
  });
  const created = await stream.next("message.created");
  assert.equal(created.data.message.id, "m1");
  const replyId = await chat.reply(body.id, "Hi!");
  const answered = await stream.next("message.created");
  assert.deepEqual([answered.data.message.id, answered.data.message.text], [replyId, "Hi!"]);
  await chat.core.conversations.update(chat.owner, body.id, { status: "closed" });
  const closed = await stream.next("conversation.updated");
  assert.equal(closed.data.conversation.status, "closed");

  assert.doesNotMatch(JSON.stringify(stream.seen), /Somebody else|x1/);
});

Deno.test("GET /events is resumed by Last-Event-ID or cursor, without gap or repetition", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m0", text: "0" } },
  });
  const post = (id: string) =>
    chat.call("POST", `/conversations/${body.id}/messages`, { token, body: { id, text: id } });
  let at: string;
  {
    await using first = await openStream(chat, token);
    await first.next("hello");
    await post("m1");
    // What was committed just before may still arrive: "from now on" is not to the millisecond.
    let created = await first.next("message.created");
    while (created.data.message.id !== "m1") created = await first.next("message.created");
    at = created.id!;
  }
  await Promise.all(["m2", "m3", "m4"].map(post));

  for (const given of [{ headers: { "last-event-id": at } }, { query: `?cursor=${at}` }]) {
    await using again = await openStream(chat, token, given);
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await again.next("message.created")).data.message.id);
    assert.deepEqual(ids.toSorted(), ["m2", "m3", "m4"]);
  }
});

Deno.test("GET /events answers a cursor that is none with reset", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  await using stream = await openStream(chat, token, { query: "?cursor=junk" });

  await stream.next("reset");
});

Deno.test("GET /events shows the team typing, and the team sees the visitor type", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m0", text: "0" } },
  });
  await using stream = await openStream(chat, token);
  await stream.next("hello");
  const who = { type: "user" as const, id: "usr_1", name: "Ada" };

  chat.core.presence.setTyping({ conversationId: body.id, who, isTyping: true });
  const { data } = await stream.next("typing");
  assert.deepEqual(data, {
    conversationId: body.id,
    author: { name: "Ada", avatarUrl: null },
    isTyping: true,
  });
  chat.ports.clock.advance(6_000);
  assert.equal((await stream.next("typing")).data.isTyping, false, "it runs out");

  await chat.call("POST", `/conversations/${body.id}/typing`, { token, body: {} });
  assert.deepEqual(chat.core.presence.typists(body.id).map(({ type }) => type), ["contact"]);
  await chat.call("POST", `/conversations/${body.id}/messages`, {
    token,
    body: { id: "m1", text: "done" },
  });
  assert.deepEqual(chat.core.presence.typists(body.id), []);
});

Deno.test("GET /events ends when the core stops", async () => {
  const chat = await openTestChat();
  const token = await chat.visitor();
  const stream = await openStream(chat, token);
  await stream.next("hello");

  await chat[Symbol.asyncDispose]();

  await stream.ended();
});

interface OpenStream extends AsyncDisposable {
  /** The next event of a name, skipping others. Fails after 5 s. */
  // deno-lint-ignore no-explicit-any -- a test reads whatever JSON came
  next(name: string): Promise<{ readonly id: string | null; readonly data: any }>;
  ended(): Promise<void>;
  readonly seen: readonly StreamEvent[];
}

async function openStream(
  chat: TestChat,
  token: string,
  { headers = {}, query = "" }: { headers?: Record<string, string>; query?: string } = {},
): Promise<OpenStream> {
  const response = await chat.fetch("GET", `/events${query}`, { token, headers });
  assert.equal(response.status, 200);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const parser = new SseParser();
  const seen: StreamEvent[] = [];
  const waiting: StreamEvent[] = [];

  async function read(): Promise<boolean> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error("Nothing came within 5 s")), 5_000);
    try {
      const piece = await Promise.race([reader.read(), late.promise]);
      if (piece.done) return false;
      for (const event of parser.push(piece.value)) {
        seen.push(event);
        waiting.push(event);
      }
      return true;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    seen,
    async next(name) {
      while (true) {
        const event = waiting.shift();
        if (event?.name === name) return { id: event.id, data: JSON.parse(event.data) };
        if (event === undefined && !await read()) {
          throw new Error(`The stream ended before ${name}`);
        }
      }
    },
    async ended() {
      while (await read());
    },
    async [Symbol.asyncDispose]() {
      await reader.cancel();
    },
  };
}
