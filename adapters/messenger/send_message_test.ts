import assert from "node:assert/strict";
import { fileOf, openFakePage } from "../../tests/fakes/messenger/fake_page.ts";
import { businessLimit, graphError } from "../../tests/fakes/messenger/graph_errors.ts";
import { sendMessage } from "./send_message.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

Deno.test("sendMessage() sends a text as an answer, with our id and a proof of the app's secret", async () => {
  await using test = openFakePage();
  const { graph, page, channel, io, part } = test;
  graph.requireProof();
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);

  const sent = await sendMessage(part("200", { replyTo: "m_7" }), channel, io);

  const [message] = page.messages;
  assert.deepEqual(sent, { ok: true, value: { externalId: message?.mid, status: "sent" } });
  assert.equal(message?.text, "We are on it");
  assert.equal(message?.metadata, "msg_01");
  assert.equal(message?.messagingType, "RESPONSE");
  assert.equal(message?.tag, null);
  assert.equal(message?.replyTo, "m_7");
  assert.equal(
    graph.requests.some(({ path }) => path.includes(page.token)),
    false,
    "a token in an address",
  );
});

for (
  const [name, window, silentForMs, isTaken, tag] of [
    ["in the open window", "open", DAY_MS, true, null],
    ["after it, as if it were open", "open", DAY_MS + 1, false, null],
    ["after it, by a person", "human", DAY_MS + 1, true, "HUMAN_AGENT"],
    ["on the seventh day, by a person", "human", 7 * DAY_MS, true, "HUMAN_AGENT"],
    ["after seven days", "human", 7 * DAY_MS + 1, false, null],
  ] as const
) {
  Deno.test(`sendMessage() sends ${name}: ${isTaken}`, async () => {
    await using test = openFakePage({ humanAgentApproved: true });
    const { page, channel, io, part } = test;
    page.state.humanAgentApproved = true;
    page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(silentForMs);

    const sent = await sendMessage(part("200", { window }), channel, io);

    assert.equal(sent.ok, isTaken);
    if (!sent.ok) assert.equal(sent.error.code, "window_closed");
    else assert.equal(page.messages[0]?.tag, tag);
  });
}

Deno.test("sendMessage() sends a text and each file, in order, as what Messenger can show", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  const attachments = [
    fileOf("bike.png", "image/png", "pixels"),
    fileOf('räder "neu".pdf', "application/pdf; charset=x", "pages"),
    fileOf("plan.svg", "image/svg+xml", "<svg/>"),
    fileOf("voice.ogg", "audio/ogg", "sound"),
    fileOf("odd", "", "bytes"),
  ];

  const sent = await sendMessage(
    part("200", { attachments, quickReplies: [{ title: "Thanks", payload: "THANKS" }] }),
    channel,
    io,
  );

  assert.ok(sent.ok, JSON.stringify(sent));
  assert.deepEqual(
    page.messages.map(({ text, attachments: [file] }) => text ?? file?.type),
    ["We are on it", "image", "file", "file", "audio", "file"],
  );
  assert.deepEqual(
    [sent.value.externalId, ...sent.value.aliases ?? []],
    page.messages.map(({ mid }) => mid),
  );
  assert.deepEqual(
    page.messages.map(({ metadata }) => metadata),
    ["msg_01", "msg_01#1", "msg_01#2", "msg_01#3", "msg_01#4", "msg_01#5"],
  );
  const pdf = page.file(page.messages[2]?.attachments[0]?.fileId ?? "");
  assert.equal(pdf?.type, "application/pdf");
  assert.equal(new TextDecoder().decode(pdf?.bytes), "pages");
  assert.deepEqual(page.messages.map(({ quickReplies }) => quickReplies.length), [
    0,
    0,
    0,
    0,
    0,
    1,
  ]);
});

Deno.test("sendMessage() does not send again what is half out", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  const broken = { ...fileOf("a.png", "image/png", ""), size: 26_000_000, bytes: big };

  const sent = await sendMessage(part("200", { attachments: [broken] }), channel, io);

  assert.equal(page.messages.length, 1);
  assert.ok(!sent.ok && sent.error.code === "ambiguous", JSON.stringify(sent));
});
function big(): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(new Uint8Array(26 * 1024 * 1024));
}

Deno.test("sendMessage() counts a lost answer as doubtful, though the message is out", async () => {
  await using test = openFakePage();
  const { graph, page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  graph.failNext("lost_answer");

  const sent = await sendMessage(part("200"), channel, io);

  assert.ok(!sent.ok && sent.error.code === "ambiguous");
  assert.equal(page.messages.length, 1);
});

Deno.test("sendMessage() waits as long as Meta's own header says", async () => {
  await using test = openFakePage();
  const { graph, page, channel, io, part } = test;
  graph.failNext(businessLimit(page.id, 7));

  const sent = await sendMessage(part("200"), channel, io);

  assert.ok(!sent.ok && sent.error.code === "rate_limited");
  assert.equal(sent.error.retryAfterMs, 7 * 60_000);
});

Deno.test("sendMessage() knows whom to write to by the Page they wrote to", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  const { recipient } = part("200");
  const other = { kind: "psid", value: "999:300" };
  const known = { ...recipient, identities: [other, ...recipient.identities] };

  const sent = await sendMessage(part("200", { recipient: known }), channel, io);
  const unknown = await sendMessage(
    part("200", { recipient: { ...recipient, identities: [other] } }),
    channel,
    io,
  );

  assert.ok(sent.ok);
  assert.equal(page.messages[0]?.psid, "200");
  assert.ok(!unknown.ok && unknown.error.code === "recipient_unreachable");
});

Deno.test("sendMessage() without an app that works says so, and calls nobody", async () => {
  await using test = openFakePage();
  const { app: _, ...channel } = test.channel;

  const sent = await sendMessage(test.part("200"), channel, test.io);

  assert.ok(!sent.ok && sent.error.code === "config");
  assert.equal(test.graph.requests.length, 0);
});

Deno.test("sendMessage() tells Meta's numbers and none of its words", async () => {
  await using test = openFakePage();
  test.graph.failNext(graphError("token expired"));

  const sent = await sendMessage(test.part("200"), test.channel, test.io);

  assert.ok(!sent.ok);
  assert.match(sent.error.provider ?? "", /^Graph error 190, subcode 463, HTTP 401, trace \w+$/);
});

Deno.test("sendMessage() sends a long text in pieces, in order", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  const paragraphs = ["a", "b", "c"].map((word) => `${word} `.repeat(900).trim());

  const sent = await sendMessage(part("200", { text: paragraphs.join("\n\n") }), channel, io);

  assert.ok(sent.ok, JSON.stringify(sent));
  assert.deepEqual(page.messages.map(({ text }) => text), paragraphs);
  assert.equal(sent.value.aliases?.length, 2);
});
