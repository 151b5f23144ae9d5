/** Two inboxes with a chat channel, a mail channel and a conversation each, and somebody of every kind to look at them. */
import type { MessageEvent } from "../../core/channel/mod.ts";
import type { PinnedAnswer } from "../../core/mod.ts";
import { fakePorts } from "./ports.ts";
import { valueOf } from "./access.ts";
import { API_TOKEN, openTestApp, type Sender, type TestApp, type TestUser } from "./test_app.ts";

/** One inbox and what is in it. */
export interface TestInbox {
  readonly id: string;
  readonly chatId: string;
  readonly mailId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly contactId: string;
  /** A file of the conversation. */
  readonly attachmentId: string;
}

export interface TestWorld extends AsyncDisposable {
  readonly app: TestApp;
  readonly mine: TestInbox;
  readonly other: TestInbox;
  readonly owner: TestUser;
  readonly admin: TestUser;
  /** Members of `mine`. */
  readonly agent: TestUser;
  readonly viewer: TestUser;
  /** Members of `other` only. */
  readonly foreignAgent: TestUser;
  readonly foreignViewer: TestUser;
  /** Was a member of `mine`. */
  readonly deactivated: TestUser;
  /** An API token with owner rights. */
  readonly token: Sender;
}

export const MAIL_SECRET = "a-secret-of-the-mail-channel-long-enough";

/** Makes it all; `await using world = await openTestWorld()` closes it. */
export async function openTestWorld(): Promise<TestWorld> {
  const app = await openTestApp({
    ports: fakePorts({ fetchAt: fetchPixel, resolve: () => Promise.resolve([PUBLIC]) }),
  });
  const mine = await addInbox(app, "Mine");
  const other = await addInbox(app, "Other");
  const deactivated = await app.addUser("agent", [mine.id]);
  const owner = await app.addUser("owner");
  valueOf(await app.core.access.deactivateUser(app.root, deactivated.id));
  return {
    app,
    mine,
    other,
    owner,
    admin: await app.addUser("admin"),
    agent: await app.addUser("agent", [mine.id]),
    viewer: await app.addUser("viewer", [mine.id]),
    foreignAgent: await app.addUser("agent", [other.id]),
    foreignViewer: await app.addUser("viewer", [other.id]),
    deactivated,
    token: { bearer: API_TOKEN },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** An address that is not private; nothing connects to it. */
const PUBLIC = "203.0.114.7";

/** Every server of this world has the same image: one pixel. */
function fetchPixel(): Promise<PinnedAnswer> {
  const body = new Blob([Uint8Array.fromBase64(PIXEL)]).stream();
  return Promise.resolve({ status: 200, headers: new Headers(), body });
}

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Adds an inbox with both kinds of channels and a conversation in which a customer sent a file. */
export async function addInbox(app: TestApp, name: string): Promise<TestInbox> {
  const { core, root } = app;
  const inbox = valueOf(await core.inboxes.create(root, { name, memberIds: [] }));
  const chat = valueOf(
    await core.channels.create(root, {
      type: "chat",
      inboxId: inbox.id,
      name: `${name} chat`,
      config: {},
    }),
  );
  const mail = valueOf(
    await core.channels.create(root, {
      type: "email",
      inboxId: inbox.id,
      name: `${name} mail`,
      config: {
        address: `${name.toLowerCase()}@parley.example`,
        inbound: { kind: "push", provider: "raw", secret: MAIL_SECRET },
        outbound: { kind: "smtp", host: "127.0.0.1", port: 25, security: "none" },
      },
    }),
  );
  const sent = await writeIn(app, chat.id, {
    from: `${name}-visitor`,
    text: `Hello ${name}`,
    file: new TextEncoder().encode("a file"),
  });
  const [message] = valueOf(await core.messages.list(root, sent.conversationId, {})).items;
  const conversation = valueOf(await core.conversations.get(root, sent.conversationId));
  return {
    id: inbox.id,
    chatId: chat.id,
    mailId: mail.id,
    conversationId: sent.conversationId,
    messageId: sent.messageId,
    contactId: conversation.contactId,
    attachmentId: message?.attachments[0]?.id ?? "",
  };
}

export interface InboundText {
  /** Whoever writes: the same name is the same visitor in the same conversation. */
  readonly from: string;
  readonly text: string;
  readonly file?: Uint8Array<ArrayBuffer>;
}

/** A customer writes over a chat channel. */
export async function writeIn(app: TestApp, channelId: string, { from, text, file }: InboundText) {
  const event: MessageEvent = {
    type: "message",
    externalId: app.ports.ids.next(from),
    occurredAt: app.ports.clock.now(),
    direction: "in",
    sender: { identities: [{ kind: "visitor", value: from, verified: true }], name: from },
    hints: [{ by: "thread", threadKey: from, how: "test" }],
    parts: [
      { kind: "text", text },
      ...(file
        ? [{ kind: "media" as const, name: "notes.txt", type: "text/plain", bytes: file }]
        : []),
    ],
  };
  const result = await app.core.inbound.ingest(channelId, event);
  if (result?.kind !== "stored") throw new Error(`Cannot store: ${JSON.stringify(result)}`);
  return result;
}

export interface ReceivedMail {
  readonly journalId: string;
  /** Empty when it was no mail. */
  readonly messageId: string;
  readonly conversationId: string;
}

/** A mail is delivered to a mail channel, as its bytes are. */
export async function receiveMail(
  app: TestApp,
  { mailId }: { readonly mailId: string },
  raw: string,
): Promise<ReceivedMail> {
  const { core, root } = app;
  const received = valueOf(
    await core.inbound.receive(mailId, {
      method: "POST",
      url: new URL(`http://localhost:8000/hooks/${mailId}`),
      headers: new Headers({
        "content-type": "message/rfc822",
        authorization: `Bearer ${MAIL_SECRET}`,
      }),
      body: new TextEncoder().encode(raw),
    }, AbortSignal.timeout(5_000)),
  );
  await app.runJobs();
  const { items } = valueOf(await core.conversations.list(root, { channelId: mailId, limit: 100 }));
  for (const { id } of items) {
    const thread = valueOf(await core.messages.list(root, id, {}));
    const found = thread.items.find(({ journalId }) => journalId === received.journalId);
    if (found) {
      return { journalId: received.journalId, messageId: found.id, conversationId: id };
    }
  }
  return { journalId: received.journalId, messageId: "", conversationId: "" };
}

/** The owner token answers. */
export async function postReply(
  app: TestApp,
  conversationId: string,
  when: { readonly undoSeconds: number } | { readonly sendAt: number },
) {
  const input = { kind: "reply", text: "We are on it", ...when } as const;
  return valueOf(await app.core.messages.post(app.root, conversationId, input)).message;
}
