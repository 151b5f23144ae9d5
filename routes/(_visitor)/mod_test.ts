import assert from "node:assert/strict";
import {
  VisitorConfigJson,
  VisitorConversationJson,
  VisitorMessageJson,
  VisitorSessionJson,
} from "@/core/model/visitor_api.ts";
import { openTestChat } from "@/tests/fakes/chat.ts";

const SECRET = "a secret of the site's server, 32+";

Deno.test("a visitor writes, the team answers, the visitor sees it", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();

  const begun = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "Is the 56 in stock?" } },
  });
  assert.equal(begun.status, 201);
  const { message, ...conversation } = begun.body;
  assert.equal(VisitorMessageJson.parse(message).id, "m1");
  VisitorConversationJson.parse(conversation);
  const replyId = await chat.reply(conversation.id, "It is!");

  const { body } = await chat.call("GET", `/conversations/${conversation.id}/messages`, { token });
  assert.deepEqual(
    body.items.map((one: VisitorMessageJson) => [one.id, one.author.type, one.text, one.status]),
    [["m1", "visitor", "Is the 56 in stock?", "read"], [replyId, "agent", "It is!", "sent"]],
  );
  const list = await chat.call("GET", "/conversations", { token });
  assert.deepEqual([list.body.items.length, list.body.items[0].unread, list.body.next], [
    1,
    1,
    null,
  ]);
  VisitorConversationJson.parse(list.body.items[0]);
});

Deno.test("POST /session answers a token bound to the channel", async () => {
  await using chat = await openTestChat();
  const other = await chat.core.channels.create(chat.owner, {
    type: "chat",
    inboxId: chat.inboxId,
    name: "Other",
    config: {},
  });
  assert.ok(other.ok);

  const { status, body } = await chat.call("POST", "/session", {
    body: { page: "https://a.test/" },
  });

  assert.equal(status, 201);
  VisitorSessionJson.parse(body);
  const { token } = body;
  assert.equal((await chat.call("GET", "/conversations", { token })).status, 200);
  const elsewhere = { token, channelId: other.value.id };
  assert.equal((await chat.call("GET", "/conversations", elsewhere)).status, 401);
  const none = await chat.call("POST", "/session", { body: {}, channelId: "chn_none" });
  assert.equal(none.status, 404);
});

Deno.test("a session slides on while it is used, and ends 30 days after", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const isAlive = async () => (await chat.call("GET", "/conversations", { token })).status === 200;
  const days = (n: number) => chat.ports.clock.advance(n * 24 * 60 * 60 * 1_000);

  days(20);
  assert.ok(await isAlive());
  days(20);
  assert.ok(await isAlive(), "used after 20 days, alive on day 40");
  days(31);
  assert.ok(!await isAlive());
});

Deno.test("DELETE /session ends it at once, with its stream", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const stream = await chat.fetch("GET", "/events", { token });

  const ended = await chat.call("DELETE", "/session", { token });

  assert.equal(ended.status, 204);
  await stream.text();
  assert.equal((await chat.call("GET", "/conversations", { token })).status, 401);
});

Deno.test("requests without a visitor's token are answered 401", async () => {
  await using chat = await openTestChat();
  const paths: readonly [string, string][] = [
    ["GET", "/conversations"],
    ["POST", "/conversations"],
    ["GET", "/conversations/cnv_1"],
    ["GET", "/conversations/cnv_1/messages"],
    ["POST", "/conversations/cnv_1/messages"],
    ["POST", "/conversations/cnv_1/typing"],
    ["POST", "/conversations/cnv_1/read"],
    ["POST", "/conversations/cnv_1/delivered"],
    ["POST", "/attachments"],
    ["GET", "/events"],
    ["DELETE", "/session"],
  ];
  for (const [method, path] of paths) {
    const withBody = method === "POST" ? { body: {} } : {};
    for (const token of [undefined, "short", "x".repeat(43), "é".repeat(40)]) {
      const given = { ...withBody, ...token?.match(/^[\x21-\x7e]*$/) && { token } };
      const { status, body } = await chat.call(method, path, given);
      assert.equal(status, 401, `${method} ${path}`);
      assert.equal(body.type, "urn:parley:problem:unauthenticated");
    }
  }
});

Deno.test("a visitor reaches nobody else's conversation", async () => {
  await using chat = await openTestChat();
  const [mine, theirs] = [await chat.visitor(), await chat.visitor()];
  const begun = await chat.call("POST", "/conversations", {
    token: theirs,
    body: { message: { id: "m1", text: "Secret" } },
  });
  const path = `/conversations/${begun.body.id}`;

  const attempts: readonly [string, string, unknown?][] = [
    ["GET", path],
    ["GET", `${path}/messages`],
    ["POST", `${path}/messages`, { id: "m2", text: "Hello" }],
    ["POST", `${path}/typing`, {}],
    ["POST", `${path}/read`],
    ["POST", `${path}/delivered`],
  ];
  for (const [method, where, body] of attempts) {
    const answer = await chat.call(method, where, {
      token: mine,
      ...body !== undefined && { body },
    });
    assert.equal(answer.status, 404, `${method} ${where}`);
  }
  assert.deepEqual((await chat.call("GET", "/conversations", { token: mine })).body.items, []);
});

Deno.test("the same id and body is one message, another body a conflict", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const start = { token, body: { message: { id: "m1", text: "Hello" } } };

  const all = await Promise.all(
    Array.from({ length: 20 }, () => chat.call("POST", "/conversations", start)),
  );
  const statuses = all.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [...Array(19).fill(200), 201]);
  const ids = new Set(all.map(({ body }) => body.id));
  assert.equal(ids.size, 1);

  const path = `/conversations/${all[0]!.body.id}/messages`;
  const post = (body: unknown) => chat.call("POST", path, { token, body });
  const first = await post({ id: "m2", text: "More" });
  const again = await post({ message: { id: "m2", text: "More" } });
  assert.deepEqual([first.status, again.status], [201, 200]);
  assert.deepEqual(first.body, again.body);
  assert.equal((await post({ id: "m2", text: "Else" })).status, 409);
  assert.equal((await post({ id: "m1", text: "Hello" })).status, 409, "it began the conversation");
  assert.equal((await chat.call("GET", path, { token })).body.items.length, 2);
});

Deno.test("bad messages are refused, naming the field", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const cases: readonly [unknown, number, string | null][] = [
    [{}, 400, "message"],
    [{ message: { text: "no id" } }, 400, "message.id"],
    [{ message: { id: "a b", text: "x" } }, 400, "message.id"],
    [{ message: { id: "x".repeat(65), text: "x" } }, 400, "message.id"],
    [{ message: { id: "m1" } }, 400, "text"],
    [{ message: { id: "m1", text: "  " } }, 400, "text"],
    [{ message: { id: "m1", text: "x".repeat(10_001) } }, 400, "text"],
    [{ message: { id: "m1", text: "x", html: "<b>" } }, 400, "message.html"],
    [{ message: { id: "m1", text: 7 } }, 400, "message.text"],
    [{ message: { id: "m1", attachmentIds: ["att_none"] } }, 400, "attachmentIds.0"],
    [{ message: { id: "m1", text: "x" }, extra: 1 }, 400, "extra"],
    ["{", 400, null],
    ["[".repeat(100_000), 400, null],
    [{ message: { id: "m1", text: "x".repeat(1_100_000) } }, 413, null],
  ];
  for (const [body, status, path] of cases) {
    const answer = await chat.call("POST", "/conversations", { token, body });
    assert.equal(answer.status, status, JSON.stringify(body).slice(0, 80));
    if (path !== null) assert.equal(answer.body.errors[0].path, path);
  }
  const longest = { message: { id: "m1", text: "é😀".repeat(3_333) } };
  assert.equal((await chat.call("POST", "/conversations", { token, body: longest })).status, 201);
});

Deno.test("nothing internal reaches a visitor", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "Hello" } },
  });
  const stream = await chat.fetch("GET", "/events", { token });
  const post = (kind: "comment" | "reply", text: string, undoSeconds = 0) =>
    chat.core.messages.post(chat.owner, body.id, { kind, text, undoSeconds });
  await post("comment", "INTERNAL comment");
  await post("reply", "INTERNAL not sent yet", 30);
  await chat.core.conversations.update(chat.owner, body.id, { tags: ["INTERNAL"], status: "spam" });

  const seen = [
    await chat.call("GET", "/conversations", { token }),
    await chat.call("GET", `/conversations/${body.id}`, { token }),
    await chat.call("GET", `/conversations/${body.id}/messages`, { token }),
    await chat.call("GET", "/config"),
  ].map((answer) => JSON.stringify(answer.body)).join();
  await chat.call("DELETE", "/session", { token });
  const streamed = await stream.text();

  for (const text of [seen, streamed]) {
    assert.doesNotMatch(text, /INTERNAL|spam|trace|assignee|con_0|usr_|contactId|inboxId/);
  }
  assert.match(seen, /"status":"open"/);
});

Deno.test("a reply sent late stands where it became visible, and after= finds it", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "One" } },
  });
  const path = `/conversations/${body.id}/messages`;
  chat.ports.clock.advance(1_000);
  await chat.core.messages.post(chat.owner, body.id, {
    kind: "reply",
    text: "Late",
    undoSeconds: 10,
  });
  chat.ports.clock.advance(1_000);
  await chat.call("POST", path, { token, body: { id: "m2", text: "Two" } });
  const before = await chat.call("GET", path, { token });
  chat.ports.clock.advance(10_000);

  const texts = async (query: string) => {
    const { body } = await chat.call("GET", path + query, { token });
    return body.items.map((one: VisitorMessageJson) => one.text);
  };
  await until(async () => (await texts("")).length === 3);

  assert.deepEqual(before.body.items.map((one: VisitorMessageJson) => one.text), ["One", "Two"]);
  assert.deepEqual(await texts(""), ["One", "Two", "Late"]);
  assert.deepEqual(await texts("?after=m2"), ["Late"]);
  assert.deepEqual(await texts("?before=m2"), ["One"]);
});

Deno.test("GET messages pages both ways", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "1" } },
  });
  const path = `/conversations/${body.id}/messages`;
  for (let n = 2; n <= 7; n++) {
    chat.ports.clock.advance(1_000);
    await chat.call("POST", path, { token, body: { id: `m${n}`, text: String(n) } });
  }
  const get = async (query: string) => {
    const { status, body } = await chat.call("GET", `${path}?${query}`, { token });
    return status === 200
      ? [body.items.map((one: VisitorMessageJson) => one.id).join(" "), body.next]
      : [status, body.errors?.[0].path];
  };

  assert.deepEqual(await get("limit=3"), ["m5 m6 m7", "m5"]);
  assert.deepEqual(await get("limit=3&before=m5"), ["m2 m3 m4", "m2"]);
  assert.deepEqual(await get("limit=3&before=m2"), ["m1", null]);
  assert.deepEqual(await get("limit=3&after=m1"), ["m2 m3 m4", "m4"]);
  assert.deepEqual(await get("limit=3&after=m4"), ["m5 m6 m7", null]);
  assert.deepEqual(await get("after=m7"), ["", null]);
  assert.deepEqual(await get("after=none"), [400, "after"]);
  assert.deepEqual(await get("after=m1&before=m2"), [400, "before"]);
  assert.deepEqual(await get("limit=0"), [400, "limit"]);
  assert.deepEqual(await get("page=2"), [400, "page"]);
});

Deno.test("a message reopens a closed conversation", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "One" } },
  });
  await chat.core.conversations.update(chat.owner, body.id, { status: "closed" });
  const status = async () =>
    (await chat.call("GET", `/conversations/${body.id}`, { token })).body.status;
  assert.equal(await status(), "closed");

  await chat.call("POST", `/conversations/${body.id}/messages`, {
    token,
    body: { id: "m2", text: "Two" },
  });

  assert.equal(await status(), "open");
});

Deno.test("delivered and read move the team's replies forward, never back", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body } = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "m1", text: "One" } },
  });
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await chat.reply(body.id, `Reply ${n}`));
  const statuses = async () => {
    const found = await Promise.all(ids.map((id) => chat.core.messages.get(chat.owner, id)));
    return new Set(found.map((one) => one.ok ? one.value.status : one.error.code));
  };
  const acknowledge = (what: string) =>
    chat.call("POST", `/conversations/${body.id}/${what}`, { token });

  assert.equal((await acknowledge("delivered")).status, 204);
  assert.deepEqual(await statuses(), new Set(["delivered"]));
  await Promise.all([acknowledge("read"), acknowledge("read"), acknowledge("delivered")]);
  assert.deepEqual(await statuses(), new Set(["read"]));
  await acknowledge("delivered");
  assert.deepEqual(await statuses(), new Set(["read"]));
  const list = await chat.call("GET", "/conversations", { token });
  assert.equal(list.body.items[0].unread, 0);
});

Deno.test("limits per address answer 429 with Retry-After, each kind by itself", async () => {
  await using chat = await openTestChat({
    sessionsPerHour: 2,
    messagesPerMinute: 3,
    filesPerHour: 1,
  });
  const session = (from: string) => chat.call("POST", "/session", { body: {}, from });
  assert.equal((await session("192.0.2.1")).status, 201);
  const { body: { token } } = await session("192.0.2.1");
  const refused = await session("192.0.2.1");
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [429, "3600"]);
  assert.equal((await session("192.0.2.2")).status, 201);

  const send = (id: string) =>
    chat.call("POST", "/conversations", { token, body: { message: { id, text: "x" } } });
  assert.deepEqual(
    [await send("a"), await send("b"), await send("c"), await send("d")].map((one) => one.status),
    [201, 201, 201, 429],
  );
  chat.ports.clock.advance(60_000);
  assert.equal((await send("d")).status, 201);

  const upload = () => chat.call("POST", "/attachments", { token, body: fileForm("a.txt", "A") });
  assert.equal((await upload()).status, 201);
  assert.equal((await upload()).status, 429);
});

Deno.test("PUT /email keeps an address with the contact, in place of the one before, and refuses what is none", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const put = (body: unknown, sender: string | undefined = token) =>
    chat.call("PUT", "/email", { body, ...sender !== "" && { token: sender } });
  const begun = await chat.call("POST", "/conversations", {
    token,
    body: { message: { id: "one", text: "Hello" } },
  });
  const row = await chat.core.conversations.get(chat.owner, begun.body.id);
  assert.ok(row.ok);
  const contact = async () => {
    const found = await chat.core.contacts.get(chat.owner, row.value.contactId);
    assert.ok(found.ok);
    return found.value;
  };

  for (
    const email of ["", "lea", "lea@posta", "a b@posta.example", `${"x".repeat(250)}@a.example`]
  ) {
    const refused = await put({ email });
    assert.equal(refused.status, 400, email);
    assert.equal(refused.body.errors[0].path, "email");
  }
  assert.equal((await put({ email: "a@posta.example", extra: 1 })).status, 400);
  assert.equal((await put({ email: "a@posta.example" }, "")).status, 401);
  assert.equal((await put({ email: " Laa@Posta.example " })).status, 204);
  assert.equal((await put({ email: "lea@posta.example" })).status, 204);

  const { emails, identities } = await contact();
  assert.deepEqual(emails, ["lea@posta.example"]);
  assert.ok(identities.every(({ kind }) => kind !== "email"), "nobody vouches for it");
  for (let i = 0; i < 8; i++) await put({ email: `lea${i}@posta.example` });
  assert.equal((await put({ email: "lea@posta.example" })).status, 429);
});

Deno.test("an address somebody merely left leads nobody's mail to them", async () => {
  await using chat = await openTestChat();
  const thief = await chat.visitor();
  const begun = await chat.call("POST", "/conversations", {
    token: thief,
    body: { message: { id: "one", text: "I am the boss" } },
  });
  await chat.call("PUT", "/email", { token: thief, body: { email: "boss@veloce.example" } });

  const mail = await chat.core.inbound.ingest(chat.channelId, {
    type: "message",
    externalId: "mail",
    occurredAt: chat.ports.clock.now(),
    direction: "in",
    sender: { identities: [{ kind: "email", value: "boss@veloce.example", verified: true }] },
    hints: [],
    parts: [{ kind: "text", text: "Secret figures" }],
  });

  assert.ok(mail?.kind === "stored");
  const theirs = await chat.core.conversations.get(chat.owner, begun.body.id);
  const real = await chat.core.conversations.get(chat.owner, mail.conversationId);
  assert.ok(theirs.ok && real.ok);
  assert.notEqual(real.value.contactId, theirs.value.contactId);
});

Deno.test("a file belongs to the visitor who sent it, and to one message", async () => {
  await using chat = await openTestChat();
  const [mine, theirs] = [await chat.visitor(), await chat.visitor()];
  const { status, body: file } = await chat.call("POST", "/attachments", {
    token: mine,
    body: fileForm("../pads.jpg", "JPEG", "image/jpeg"),
  });
  assert.equal(status, 201);
  assert.equal(file.size, 4);
  assert.doesNotMatch(file.name, /\//);
  const start = (token: string, id: string) =>
    chat.call("POST", "/conversations", {
      token,
      body: { message: { id, attachmentIds: [file.id] } },
    });

  assert.equal((await start(theirs, "m1")).status, 400);
  const sent = await start(mine, "m1");
  assert.equal(sent.status, 201);
  assert.equal(sent.body.message.attachments[0].id, file.id);
  assert.match(sent.body.message.attachments[0].url, /^\/api\/v1\/attachments\/.*signature=/);
  assert.equal((await start(mine, "m1")).status, 200, "the same again");
  assert.equal((await start(mine, "m2")).status, 400, "it is the first message's");
});

Deno.test("a file sent with five messages at once goes with one of them", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const { body: file } = await chat.call("POST", "/attachments", {
    token,
    body: fileForm("a.txt", "A"),
  });

  const sent = await Promise.all(["a", "b", "c", "d", "e"].map((id) => {
    const message = { id, text: "See here", attachmentIds: [file.id] };
    return chat.call("POST", "/conversations", { token, body: { message } });
  }));

  assert.deepEqual(sent.map(({ status }) => status).sort(), [201, 400, 400, 400, 400]);
});

Deno.test("POST /attachments refuses what is too large, not multipart, or not one file", async () => {
  await using chat = await openTestChat();
  const token = await chat.visitor();
  const upload = async (body: unknown) =>
    (await chat.call("POST", "/attachments", { token, body })).status;
  const two = fileForm("a", "1");
  two.append("file", new File(["2"], "b"));
  const text = new FormData();
  text.set("file", "not a file");

  assert.equal(await upload(fileForm("big", "x".repeat(25 * 1024 * 1024 + 1))), 413);
  assert.equal(await upload({ file: "json" }), 415);
  assert.equal(await upload(two), 400);
  assert.equal(await upload(text), 400);
});

Deno.test("CORS follows allowedDomains", async () => {
  await using chat = await openTestChat({ allowedDomains: ["shop.example", "*.shop.example"] });
  const cases: readonly [string | undefined, number][] = [
    [undefined, 200],
    ["https://shop.example", 200],
    ["https://www.shop.example", 200],
    ["http://localhost", 200],
    ["https://evil.example", 403],
    ["null", 403],
  ];
  for (const [origin, status] of cases) {
    const given = origin === undefined ? {} : { origin };
    const answer = await chat.call("GET", "/config?url=https%3A%2F%2Fshop.example%2F", given);
    assert.equal(answer.status, status, origin);
    const allowed = answer.headers.get("access-control-allow-origin");
    assert.equal(allowed, status === 200 ? origin ?? null : null, origin);
    assert.equal(answer.headers.get("access-control-allow-credentials"), null);
    if (status === 200) VisitorConfigJson.parse(answer.body);
  }

  const preflight = (origin: string) =>
    chat.call("OPTIONS", "/session", {
      origin,
      headers: { "access-control-request-method": "POST" },
    });
  const allowed = await preflight("https://shop.example");
  assert.equal(allowed.status, 204);
  assert.match(allowed.headers.get("access-control-allow-headers") ?? "", /authorization/);
  assert.equal((await preflight("https://evil.example")).status, 403);
});

Deno.test("an identity token makes the same person the same visitor, and another person another", async () => {
  await using chat = await openTestChat({ identitySecret: SECRET });
  const sign = (claims: object) => identityToken(chat.channelId, chat.ports.clock.now(), claims);
  const session = async (claims: object) => {
    const body = { identity: { token: await sign(claims) } };
    return (await chat.call("POST", "/session", { body })).body;
  };
  const ada = await session({ sub: "1", name: "Ada", email: "ada@example.com" });
  await chat.call("POST", "/conversations", {
    token: ada.token,
    body: { message: { id: "m1", text: "Hello" } },
  });

  const adaAgain = await session({ sub: "1" });
  const eve = await session({ sub: "2", email: "ada@example.com" });

  assert.equal(adaAgain.visitorId, ada.visitorId);
  assert.notEqual(eve.visitorId, ada.visitorId);
  const count = async (token: string) =>
    (await chat.call("GET", "/conversations", { token })).body.items.length;
  assert.equal(await count(adaAgain.token), 1, "history on another device");
  assert.equal(await count(eve.token), 0);
  const rows = await chat.core.conversations.list(chat.owner, { view: "open" });
  assert.ok(rows.ok);
  assert.equal(rows.value.items[0]?.contactName, "Ada");
});

Deno.test("a refused identity token says why, and required mode takes nobody without one", async () => {
  await using chat = await openTestChat({ identitySecret: SECRET, identityMode: "required" });
  const now = chat.ports.clock.now();
  const good = await identityToken(chat.channelId, now, { sub: "1" });
  const session = (token?: string) =>
    chat.call("POST", "/session", { body: token === undefined ? {} : { identity: { token } } });

  assert.equal((await session()).status, 401);
  assert.equal((await session(good)).status, 201);
  const cases: readonly [string, RegExp][] = [
    [good.slice(0, -4) + "AAAA", /signature/],
    [await identityToken("chn_other", now, { sub: "1" }), /aud/],
    [await identityToken(chat.channelId, now - 7_200_000, { sub: "1" }), /expired/],
    ["junk", /not a JWT/],
  ];
  for (const [token, why] of cases) {
    const { status, body } = await session(token);
    assert.equal(status, 401);
    assert.match(body.detail, why);
  }
});

Deno.test("changed settings count at once", async () => {
  await using chat = await openTestChat();
  const origin = "https://shop.example";
  const status = async () => (await chat.call("GET", "/config", { origin })).status;
  assert.equal(await status(), 200);

  await chat.core.channels.update(chat.owner, chat.channelId, {
    config: { allowedDomains: ["other.example"] },
  });
  assert.equal(await status(), 403);
  await chat.core.channels.update(chat.owner, chat.channelId, { status: "paused" });
  assert.equal(await status(), 404);
});

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!await isDone()) {
    if (performance.now() > deadline) throw new Error("It did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function fileForm(name: string, content: string, type = "text/plain"): FormData {
  const form = new FormData();
  form.append("file", new File([content], name, { type }));
  return form;
}

async function identityToken(audience: string, now: number, claims: object): Promise<string> {
  const encoder = new TextEncoder();
  const encode = (bytes: Uint8Array) =>
    bytes.toBase64({ alphabet: "base64url", omitPadding: true });
  const iat = Math.floor(now / 1000);
  const payload = { aud: audience, iat, exp: iat + 600, ...claims };
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
