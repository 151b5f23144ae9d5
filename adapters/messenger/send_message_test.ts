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

for (
  const [name, type, kind, stored] of [
    ["bike.png", "image/png", "image", "image/png"],
    ['räder "neu".pdf', "application/pdf; charset=x", "file", "application/pdf"],
    ["plan.svg", "image/svg+xml", "file", "image/svg+xml"],
    ["voice.ogg", "audio/ogg", "audio", "audio/ogg"],
    ["ride.mp4", "video/mp4", "video", "video/mp4"],
    ["odd", "", "file", "application/octet-stream"],
  ] as const
) {
  Deno.test(`sendMessage() uploads ${type || "a file without a type"} as ${kind}`, async () => {
    await using test = openFakePage();
    const { page, channel, io, part } = test;
    page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
    const attachments = [fileOf(name, type, "its bytes")];
    const quickReplies = [{ title: "Thanks", payload: "THANKS" }];
    const piece = part("200", { text: "", attachments, quickReplies, index: 2, window: "human" });
    page.state.humanAgentApproved = true;

    const sent = await sendMessage(piece, channel, io);

    assert.ok(sent.ok, JSON.stringify(sent));
    const [message] = page.messages;
    assert.equal(sent.value.externalId, message?.mid);
    assert.equal(message?.attachments[0]?.type, kind);
    assert.equal(message?.metadata, "msg_01#2");
    assert.equal(message?.tag, "HUMAN_AGENT");
    assert.deepEqual(message?.quickReplies.map(({ title }) => title), ["Thanks"]);
    const file = page.file(message?.attachments[0]?.fileId ?? "");
    assert.equal(file?.type, stored);
    assert.equal(new TextDecoder().decode(file?.bytes), "its bytes");
  });
}

Deno.test("sendMessage() sends nothing that Messenger would not take as one message", async () => {
  await using test = openFakePage();
  const { page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  const file = fileOf("a.png", "image/png", "");

  for (
    const more of [
      { text: "" },
      { text: "both", attachments: [file] },
      { text: "", attachments: [file, file] },
    ]
  ) {
    const sent = await sendMessage(part("200", more), channel, io);

    assert.ok(!sent.ok && sent.error.code === "unsupported");
  }
  assert.equal(test.graph.requests.length, 0);
});

Deno.test("sendMessage() counts a lost answer as doubtful, though the message is out", async () => {
  await using test = openFakePage();
  const { graph, page, channel, io, part } = test;
  page.addPerson({ firstName: "Ana", psid: "200" }).wasSilentFor(0);
  graph.failNext("lost_answer");

  const sent = await sendMessage(part("200"), channel, io);

  assert.ok(!sent.ok && sent.error.code === "ambiguous");
  assert.equal(page.messages.length, 1);
});

for (
  const [what, body, type, code] of [
    ["a page in Meta's place", "<!doctype html><title>Proxy</title>", "text/html", "unavailable"],
    ["nothing", "", "application/json", "ambiguous"],
    ["half a body", '{"recipient_id":"200","mess', "application/json", "ambiguous"],
    ["no id", '{"recipient_id":"200"}', "application/json", "ambiguous"],
  ] as const
) {
  Deno.test(`sendMessage() takes ${what} with 200 for "${code}"`, async () => {
    await using test = openFakePage();
    const headers = { "content-type": type };
    const io = { ...test.io, fetch: () => Promise.resolve(new Response(body, { headers })) };

    const sent = await sendMessage(test.part("200"), test.channel, io);

    assert.ok(!sent.ok);
    assert.equal(sent.error.code, code);
  });
}

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
