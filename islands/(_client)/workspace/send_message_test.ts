import assert from "node:assert/strict";
import type { ApiMessage, ApiMessageInput } from "../../../core/model/api.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import type { ApiFailure } from "./api.ts";
import type { WaitingReply } from "../replies/waiting_reply.ts";
import { ComposerStore } from "./composer_store.ts";
import { Drafts } from "./drafts.ts";
import { sampleConversation, sampleMessage } from "./sample_records.ts";
import { sendMessage, type SendPorts } from "./send_message.ts";
import { ThreadStore } from "./thread_store.ts";
import { ToastStore } from "./toast_store.ts";

const CNV = "cnv_1";
const OPTIONS = { conversationId: CNV, kind: "reply", undoSeconds: 0, defaults: null } as const;
const FILE = { id: "att_1", name: "a.txt", type: "text/plain", size: 1, url: "/a" };

function createScene() {
  const sent: ApiMessageInput[] = [];
  const canceled: string[] = [];
  const scene = {
    answer: (input: ApiMessageInput): Result<ApiMessage, ApiFailure> =>
      ok(sampleMessage(2, { ...reply(input) })),
    upload: ok(FILE) as Result<typeof FILE, ApiFailure>,
    /** Where what nobody answered is kept; null where the browser keeps nothing. */
    box: null as Omit<WaitingReply, "userId">[] | null,
  };
  const threads = new ThreadStore({
    api: {
      conversation: (id) => Promise.resolve(ok(sampleConversation(id))),
      messages: () => Promise.resolve(ok({ items: [], next: null })),
      contact: () => Promise.resolve(err({ code: "offline" })),
      timeline: () => Promise.resolve(err({ code: "offline" })),
    },
    me: "usr_me",
    first: {
      conversation: sampleConversation(CNV),
      messages: { items: [sampleMessage(1)], next: null },
      contact: null,
      past: [],
      hidden: 0,
      reply: null,
    },
    onConversations: () => {},
  });
  const composers = new ComposerStore({
    api: { upload: () => Promise.resolve(scene.upload) },
    drafts: new Drafts(null, "usr_me"),
  });
  const toasts = new ToastStore({ now: () => 0, after: () => () => {} });
  let ids = 0;
  let drafts = 0;
  const attached: string[] = [];
  const ports: SendPorts = {
    api: {
      sendMessage(_id, input) {
        sent.push(input);
        return Promise.resolve(scene.answer(input));
      },
      cancelMessage(id) {
        canceled.push(id);
        return Promise.resolve(ok(sampleMessage(2)));
      },
    },
    composers,
    drafts: {
      detach: () => `draft-${++drafts}`,
      attach: (_id, _kind, id) => void attached.push(id),
    },
    threads,
    toasts,
    me: { id: "usr_me", name: "Nora" },
    keep: (reply) => Promise.resolve((scene.box?.push(reply) ?? 0) > 0),
    takeBack: () => {},
    now: () => 0,
    newId: () => `client-${++ids}`,
  };
  return {
    scene,
    sent,
    attached,
    canceled,
    toasts,
    composers,
    write: (text: string, version = 1) => composers.write(CNV, "reply", text, version),
    send: (options = {}) => sendMessage(ports, { ...OPTIONS, ...options }),
    text: () => composers.get(CNV, "reply").text,
    thread: () => threads.get(CNV)!.thread,
  };
}

function reply(input: ApiMessageInput): Partial<ApiMessage> {
  return {
    id: input.id ?? "msg_2",
    kind: "reply",
    status: "queued",
    text: input.text ?? "",
    author: { type: "user", id: "usr_me", name: "Nora" },
  };
}

Deno.test("sendMessage() shows the message before the server answers", async () => {
  const scene = createScene();
  scene.write("Ciao!");

  const sending = scene.send();
  assert.deepEqual(scene.thread().sending.map(({ text }) => text), ["Ciao!"]);
  assert.equal(scene.text(), "");
  await sending;

  assert.deepEqual(scene.thread().sending, []);
  assert.deepEqual(scene.thread().messages.map(({ text }) => text), ["Message 1", "Ciao!"]);
});

Deno.test("sendMessage() names the version its author saw when they began to write", async () => {
  const scene = createScene();
  scene.write("C", 4);
  scene.write("Ciao", 5);

  await scene.send();

  assert.equal(scene.sent[0]?.ifVersion, 4);
});

Deno.test("sendMessage() keeps the text and shows what is new when the conversation moved on", async () => {
  const scene = createScene();
  scene.write("Perfetto");
  scene.scene.answer = () => err({ code: "moved_on", version: 3, messages: [sampleMessage(9)] });

  await scene.send();

  assert.equal(scene.text(), "Perfetto");
  assert.equal(scene.thread().sending.length, 0);
  assert.equal(scene.composers.get(CNV, "reply").guard?.messages[0]?.seq, 9);
  scene.composers.acceptNews(CNV, "reply");
  await scene.send();
  assert.equal(scene.sent[1]?.ifVersion, 3);
});

Deno.test("sendMessage() repeats a try with a lost answer under the same id, other words under another", async () => {
  const scene = createScene();
  scene.scene.answer = () => err({ code: "offline" });
  scene.write("Ciao");
  await scene.send();
  await scene.send();
  scene.write("Ciao Giulia");
  await scene.send();

  assert.deepEqual(scene.sent.map(({ id }) => id), ["client-1", "client-1", "client-2"]);
  assert.equal(scene.text(), "Ciao Giulia");
  assert.match(scene.toasts.items.value[0]?.text ?? "", /nothing was sent/);
});

Deno.test("sendMessage() keeps what nobody answered, and the thread says what it waits for", async () => {
  const scene = createScene();
  scene.scene.answer = () => err({ code: "offline" });
  scene.scene.box = [];
  scene.write("Ciao");

  const outcome = await scene.send();

  const [kept] = scene.scene.box;
  assert.deepEqual(outcome, { kind: "waiting" });
  assert.equal(kept?.id, scene.sent[0]?.id);
  assert.equal(kept?.state.text, "Ciao");
  assert.equal(scene.text(), "");
  const [shown] = scene.thread().sending;
  assert.deepEqual(shown?.error, { code: "offline", message: "for a connection" });
});

Deno.test("sendMessage() puts failed text above what was written meanwhile", async () => {
  const scene = createScene();
  scene.scene.answer = () => err({ code: "refused", status: 422, detail: "Window closed" });
  scene.write("First");

  const sending = scene.send();
  scene.write("Second");
  await sending;

  assert.equal(scene.text(), "First\n\nSecond");
});

Deno.test("sendMessage() offers to take back what has not left, and its words return", async () => {
  const scene = createScene();
  scene.scene.answer = (input) =>
    ok(sampleMessage(2, { ...reply(input), sendAt: new Date(10_000).toISOString() }));
  scene.write("Oops");
  await scene.send({ undoSeconds: 10 });
  assert.equal(scene.sent[0]?.undoSeconds, 10);

  scene.toasts.undo();
  await new Promise((resolve) => setTimeout(resolve));

  assert.deepEqual(scene.canceled, ["client-1"]);
  assert.equal(scene.text(), "Oops");
  await scene.send();
  assert.deepEqual(scene.sent.map(({ ifVersion }) => ifVersion), [1, 2]);
});

Deno.test("sendMessage() waits for files and refuses what is empty", async () => {
  const scene = createScene();
  assert.deepEqual(await scene.send(), { kind: "blocked", by: "empty" });

  const uploading = scene.composers.addFiles(CNV, "reply", [new File(["x"], "a.txt")]);
  assert.deepEqual(await scene.send(), { kind: "blocked", by: "uploading" });
  await uploading;
  assert.equal((await scene.send()).kind, "sent");

  assert.deepEqual(scene.sent[0]?.attachmentIds, ["att_1"]);
  scene.scene.upload = err({ code: "refused", status: 413, detail: "Too large" });
  await scene.composers.addFiles(CNV, "reply", [new File(["x"], "b.txt")]);
  assert.deepEqual(await scene.send(), { kind: "blocked", by: "file_failed" });
  assert.equal(scene.composers.get(CNV, "reply").files[0]?.error, "Too large");
});

Deno.test("sendMessage() ends the draft, which goes on when nothing was sent", async () => {
  const scene = createScene();
  scene.write("It is ready");
  await scene.send();
  assert.deepEqual(scene.attached, []);

  scene.scene.answer = () => err({ code: "offline" });
  scene.write("It is not");
  await scene.send();

  assert.deepEqual(scene.sent.map(({ draftId }) => draftId), ["draft-1", "draft-2"]);
  assert.deepEqual(scene.attached, ["draft-2"]);
});

Deno.test("a comment is neither guarded nor delayed", async () => {
  const scene = createScene();
  scene.composers.write(CNV, "comment", "full mailbox", 1);

  await scene.send({ kind: "comment", undoSeconds: 10 });

  assert.deepEqual(scene.sent[0], {
    id: "client-1",
    draftId: "draft-1",
    kind: "comment",
    text: "full mailbox",
  });
});

Deno.test("sendMessage() sends a letter to those who are shown, chosen or by default", async () => {
  const scene = createScene();
  const ana = { name: "Ana", address: "ana@example.com" };
  const bo = { name: "", address: "bo@example.com" };
  const defaults = {
    to: [ana],
    cc: [bo],
    sender: [ana],
    subject: "Re: Help",
    from: null,
    signature: "",
    history: false,
  };
  scene.write("One");
  const sending = scene.send({ defaults });
  assert.deepEqual(scene.thread().sending.at(-1)?.email?.to, [ana]);
  await sending;
  scene.write("Two");
  scene.composers.address(CNV, { to: [bo], cc: [], bcc: [ana] });
  await scene.send({ defaults });
  scene.write("Three");
  scene.composers.address(CNV, { to: [], cc: [bo], bcc: [] });
  const blocked = await scene.send({ defaults });

  assert.deepEqual(scene.sent.map(({ to, cc, bcc }) => ({ to, cc, bcc })), [
    { to: [ana.address], cc: [bo.address], bcc: undefined },
    { to: [bo.address], cc: [], bcc: [ana.address] },
  ]);
  assert.deepEqual(blocked, { kind: "blocked", by: "address" });
});

Deno.test("sendMessage() waits for an address that is not finished", async () => {
  const scene = createScene();
  scene.write("Ciao");
  scene.composers.finishAddress(CNV, "cc", false);

  assert.deepEqual(await scene.send(), { kind: "blocked", by: "address" });
  scene.composers.finishAddress(CNV, "cc", true);
  assert.equal((await scene.send()).kind, "sent");
});

Deno.test("sendMessage() puts the recipients back with the text when it was refused", async () => {
  const scene = createScene();
  const recipients = { to: [{ name: "", address: "bo@example.com" }], cc: [], bcc: [] };
  scene.scene.answer = () => err({ code: "refused", status: 422, detail: "no" });
  scene.write("Ciao");
  scene.composers.address(CNV, recipients);
  await scene.send();

  assert.deepEqual(scene.composers.get(CNV, "reply").recipients, recipients);
});

Deno.test("sendMessage() sends quick replies that say something, and keeps them when nothing was sent", async () => {
  const scene = createScene();
  scene.write("Is it the door?");
  scene.composers.offer(CNV, ["Yes", " ", "No "]);
  scene.scene.answer = () => err({ code: "refused", status: 409, detail: "Closed" });

  await scene.send();

  assert.deepEqual(scene.sent[0]?.quickReplies, [{ title: "Yes" }, { title: "No" }]);
  assert.deepEqual(scene.composers.get(CNV, "reply").quickReplies, ["Yes", " ", "No "]);
});

Deno.test("sendMessage() sends the chosen template in place of the text once it is filled in", async () => {
  const scene = createScene();
  const template = { name: "order", language: "en", body: "Hello {{1}}", values: 1 };
  scene.write("A draft of before");
  scene.composers.chooseTemplate(CNV, { template, values: [" "] }, 1);

  const blocked = await scene.send({ isTemplate: true });
  scene.composers.chooseTemplate(CNV, { template, values: ["Ana "] }, 1);
  await scene.send({ isTemplate: true });

  assert.deepEqual(blocked, { kind: "blocked", by: "empty" });
  const [{ text, template: sent } = {}] = scene.sent;
  assert.equal(text, undefined);
  assert.deepEqual(sent, { name: "order", language: "en", values: ["Ana"] });
});

Deno.test("sendMessage() sends the form of the words with the pictures among them, by the ids of their files", async () => {
  const scene = createScene();
  const [shown, dropped] = scene.composers.addFiles(CNV, "reply", [
    new File(["a"], "a.png"),
    new File(["b"], "b.png"),
  ], true);
  await Promise.resolve();
  scene.composers.write(CNV, "reply", "Look", 1, `<b>Look</b><img src="cid:file-${shown}">`);
  assert.notEqual(dropped, undefined);

  await scene.send();

  const [{ text, html, attachmentIds } = {}] = scene.sent;
  assert.equal(text, undefined);
  assert.equal(html, '<b>Look</b><img src="cid:att_1">');
  assert.deepEqual(attachmentIds, ["att_1"]);
});

Deno.test("sendMessage() calls only whom the comment still names", async () => {
  const scene = createScene();
  for (const name of ["Ana", "Ana Lima", "Bo"]) {
    scene.composers.mention(CNV, { type: "user", id: `usr_${name}`, name });
  }
  scene.composers.write(CNV, "comment", "@Ana Lima, see this", 1);

  await scene.send({ kind: "comment" });

  assert.deepEqual(scene.sent[0]?.mentions, [{ type: "user", id: "usr_Ana Lima" }]);
});

Deno.test("sendMessage() schedules a reply, which can be taken back at once", async () => {
  const scene = createScene();
  const sendAt = Date.UTC(2026, 10, 24, 9);
  scene.scene.answer = (input) =>
    ok(sampleMessage(2, {
      ...reply(input),
      status: "scheduled",
      sendAt: new Date(sendAt).toISOString(),
    }));
  scene.write("Later");

  await scene.send({ sendAt, undoSeconds: 10, scheduledWords: "Scheduled for 09:00" });
  const [toast] = scene.toasts.items.value;
  scene.toasts.undo();
  await Promise.resolve();

  assert.equal(scene.sent[0]?.sendAt, "2026-11-24T09:00:00.000Z");
  assert.equal(scene.sent[0]?.undoSeconds, undefined);
  assert.equal(toast?.text, "Scheduled for 09:00");
  assert.equal(scene.canceled.length, 1);
});
