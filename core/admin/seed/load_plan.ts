import { putConversation, putMessage, WAKE_JOB } from "../../conversations/mod.ts";
import type { Channel } from "../../model/channel.ts";
import type { Contact } from "../../model/contact.ts";
import type { AttachmentRef, Message } from "../../model/message.ts";
import { SEND_JOB } from "../../outbox/mod.ts";
import { createIds } from "../../platform/mod.ts";
import { newTag, putTag } from "../../tags/mod.ts";
import { BulkWriter, keys, type Store } from "../../store/mod.ts";
import { buildThread, type BuiltThread } from "./build_thread.ts";
import { drawPicture } from "./draw_picture.ts";
import type { ChannelKey, SeedConversation, SeedFile, SeedPerson, SeedPlan } from "./plan.ts";
import { SeedRandom } from "./seed_random.ts";
import { mailboxOf, type SeededWorkspace } from "./seed_workspace.ts";

/** What was written. */
export interface Loaded {
  readonly conversationIds: readonly string[];
  readonly messages: number;
}

/**
 * Writes a plan into a seeded workspace in large commits. The store's log does not tell of it: load before a server
 * starts on it. The same plan and seed make the same ids.
 */
export async function loadPlan(
  store: Store,
  { members, channelIds }: SeededWorkspace,
  plan: SeedPlan,
  seed: number,
): Promise<Loaded> {
  const out = new BulkWriter(store);
  const random = new SeedRandom(seed);
  const channels = new Map<ChannelKey, Channel>();
  for (const [key, id] of entriesOf(channelIds)) {
    const channel = await store.get(keys.channel(id));
    if (channel === null) throw new Error(`Cannot load: channel "${key}" is missing`);
    channels.set(key, channel);
  }
  let idsAt = 0;
  const ids = createIds({ now: () => idsAt }, random);
  const id = (prefix: string, at: number) => {
    idsAt = at;
    return ids.next(prefix);
  };

  const pictures = new Pictures();
  const contacts = new Map<number, KnownPerson>();
  const conversationIds: string[] = [];
  const tagNames = new Set<string>();
  let messages = 0;
  for (const conversation of plan.conversations) {
    const channel = channels.get(conversation.channel);
    const person = plan.people[conversation.person];
    if (channel === undefined || person === undefined) {
      throw new RangeError("Cannot load: the plan names a person or channel that is not there");
    }
    const at = conversation.steps[0]?.at ?? plan.now;
    const known = contacts.get(conversation.person) ?? putPerson(out, person, at, id);
    contacts.set(conversation.person, known);
    if (conversation.channel === "chat") putVisitor(out, known, channel.id, at);
    const thread = buildThread(conversation, {
      channel,
      address: conversation.channel === "chat" ? null : mailboxOf(conversation.channel),
      contact: known.contact,
      visitorId: known.visitorId,
      members,
      number: await store.nextNumber("conversation"),
      id,
    });
    putThread(out, thread, known, pictures);
    putReadMarks(out, conversation, thread, members);
    conversationIds.push(thread.conversation.id);
    for (const name of thread.conversation.tags) tagNames.add(name);
    messages += thread.messages.length;
    await out.flushIfFull();
  }
  idsAt = plan.now;
  for (const name of tagNames) putTag(out, newTag({ ids }, name, plan.now));
  await out.flush();
  return { conversationIds, messages };
}

interface KnownPerson {
  readonly contact: Contact;
  readonly visitorId: string;
}

function putPerson(
  out: BulkWriter,
  { name, email }: SeedPerson,
  at: number,
  id: (prefix: string, at: number) => string,
): KnownPerson {
  const visitorId = id("vis", at);
  const identities = [
    ...email === null ? [] : [{ kind: "email", value: email, verified: true }],
    { kind: "visitor", value: visitorId, verified: true },
  ];
  const contact: Contact = {
    id: id("con", at),
    name,
    emails: email === null ? [] : [email],
    phones: [],
    identities,
    blocked: false,
    createdAt: at,
    updatedAt: at,
  };
  out.insert(keys.contact(contact.id), contact);
  for (const { kind, value } of identities) out.insert(keys.identity(kind, value), contact.id);
  return { contact, visitorId };
}

function putVisitor(out: BulkWriter, known: KnownPerson, channelId: string, at: number): void {
  const { contact, visitorId } = known;
  out.set(keys.visitor(visitorId), {
    id: visitorId,
    channelId,
    sub: null,
    name: contact.name === "" ? null : contact.name,
    email: contact.emails[0] ?? null,
    phone: null,
    createdAt: at,
  });
}

function putThread(
  out: BulkWriter,
  { conversation, messages, files }: BuiltThread,
  { visitorId }: KnownPerson,
  pictures: Pictures,
): void {
  putConversation(out, null, conversation);
  const sizes = new Map<string, number>();
  for (const { ref, messageId, at, file } of files) {
    const blob = out.blob(pictures.bytesOf(file));
    sizes.set(ref.id, blob.size);
    out.insert(keys.attachment(ref.id), {
      ...ref,
      size: blob.size,
      blob,
      createdAt: at,
      owner: { kind: "message", conversationId: conversation.id, messageId },
    });
  }
  for (const message of messages) {
    putMessage(out, conversation, {
      ...message,
      attachments: message.attachments.map((ref): AttachmentRef => ({
        ...ref,
        size: sizes.get(ref.id) ?? 0,
      })),
    });
    if (message.externalId !== undefined) {
      out.insert(keys.dedupe(conversation.channelId, message.externalId), {
        conversationId: conversation.id,
        messageId: message.id,
        seq: message.seq,
      });
    }
    if (message.status === "scheduled") putScheduled(out, conversation.channelId, message);
  }
  const clientId = messages[0]?.clientId;
  if (clientId !== undefined) {
    out.set(keys.thread(conversation.channelId, `${visitorId}:${clientId}`), conversation.id);
  }
  if (conversation.snoozedUntil !== null) {
    out.job({
      kind: WAKE_JOB,
      payload: { conversationId: conversation.id, snoozedUntil: conversation.snoozedUntil },
      dueAt: conversation.snoozedUntil,
    });
  }
}

function putScheduled(out: BulkWriter, channelId: string, message: Message): void {
  const { id: messageId, conversationId, seq, sendAt } = message;
  if (sendAt === undefined) throw new TypeError("Cannot load: a scheduled reply has no time");
  const payload = { conversationId, seq, messageId };
  const job = out.job({ kind: SEND_JOB, payload, dueAt: sendAt });
  out.insert(keys.outbox(conversationId, seq), {
    messageId,
    conversationId,
    seq,
    channelId,
    state: "scheduled",
    job,
    attempts: 0,
    waitingBefore: null,
    answersWhenSent: true,
  });
}

function putReadMarks(
  out: BulkWriter,
  { readBy }: SeedConversation,
  { conversation }: BuiltThread,
  members: SeededWorkspace["members"],
): void {
  for (const key of readBy) {
    const user = members.get(key);
    if (user !== undefined) out.set(keys.readMark(user.id, conversation.id), conversation.lastSeq);
  }
}

/** Draws each picture once. */
class Pictures {
  readonly #byHue = new Map<number, Uint8Array<ArrayBuffer>>();

  bytesOf(file: SeedFile): Uint8Array<ArrayBuffer> {
    if (file.kind === "text") return new TextEncoder().encode(file.text);
    const drawn = this.#byHue.get(file.hue) ?? drawPicture(file.hue);
    this.#byHue.set(file.hue, drawn);
    return drawn;
  }
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  // A record's own keys are its key type; `Object.entries` widens them to string.
  return Object.entries(record) as [K, V][];
}
