import { actorOf, can, EmailInput, type Principal } from "../access/mod.ts";
import { type Capabilities, capabilitiesOf } from "../channel/mod.ts";
import { displayName, holdReason, optedOutAt, resolveContact } from "../contacts/mod.ts";
import type { CoreContext } from "../context.ts";
import {
  BASE_BYTES,
  bytesOf,
  EMAIL_BYTES,
  fitFiles,
  newConversation,
  prepareBody,
  type PreparedBody,
  putConversation,
  putMessage,
  storeBody,
} from "../conversations/mod.ts";
import { type CoreError, invalid } from "../errors.ts";
import { findOnce, once } from "../idempotency.ts";
import type { Channel } from "../model/channel.ts";
import type { Contact } from "../model/contact.ts";
import type { Conversation } from "../model/conversation.ts";
import type { EmailFields, Message } from "../model/message.ts";
import { err, ok, type Result } from "../result.ts";
import { type AttachmentRecord, keys, storedBytes, transact, type Tx } from "../store/mod.ts";
import { afterPost } from "./after_post.ts";
import { attachableFile } from "./attachable_file.ts";
import { checkPost } from "./check_post.ts";
import { fileRef } from "./file_ref.ts";
import { withInlineFiles } from "./inline_files.ts";
import { readLetterStyle } from "./letter_style.ts";
import type { Posted, PostServices } from "./post.ts";
import { noteScheduled } from "./note_personal.ts";
import { postContent } from "./post_content.ts";
import { queueMessage } from "./queue_message.ts";
import { distinctRecipients } from "./reply_recipients.ts";
import type { Start } from "./start.ts";
import type { StartInput } from "./start_input.ts";
import { takeFiles } from "./take_files.ts";

const MAX_SUBJECT = 200;

/** Begins a conversation with a letter: contact, conversation, message and its way out in one commit. */
export function startByMail(
  context: CoreContext,
  services: PostServices,
  principal: Principal,
  start: Start,
): Promise<Result<Posted, CoreError>> {
  return services.attachments.taking(
    start.input.attachmentIds,
    () => prepare(context, services, principal, start),
  );
}

async function prepare(
  context: CoreContext,
  { attachments, channels }: PostServices,
  principal: Principal,
  { input, channel, options }: Start,
): Promise<Result<Posted, CoreError>> {
  const { store, adapters, ports } = context;
  // Called again: its files are taken by now.
  const replay = await findOnce<Posted>(store, options);
  if (replay !== null) return replay;
  const adapter = adapters.get(channel.type);
  if (adapter === undefined) {
    return err({ code: "unsupported", message: "This kind of channel is no longer installed" });
  }
  const capabilities = capabilitiesOf(adapter, channel.config);
  const contact = await knownContact(context, input);
  if (!contact.ok) return contact;
  const to = input.to ?? contact.value?.emails.slice(0, 1) ?? [];
  const isOwn = await channels.ownAddresses();
  const wrong = wrongAddress(input) ?? wrongPeople({ ...input, to }, isOwn) ??
    wrongSubject(input.subject ?? "");
  if (wrong !== null) return err(wrong);

  const files = await Promise.all(
    [...new Set(input.attachmentIds)].map((id) =>
      attachableFile(store, attachments, principal, id)
    ),
  );
  const { text, html, sendAt, cc, bcc } = input;
  const post = { kind: "reply", text, html, to, cc, bcc, sendAt } as const;
  const content = await postContent(channels.listTemplates, channel.id, post, capabilities);
  if (!content.ok) return content;
  const { extras: _, ...words } = content.value;
  const refused = checkPost(post, words.text, files, capabilities, ports.clock.now());
  if (refused !== null) return err(refused);
  const kept = withInlineFiles(files.filter((file) => file !== null), words.html);

  const contactName = contact.value === null ? "" : displayName(contact.value);
  const style = await readLetterStyle(context, channels, principal, {
    channelId: channel.id,
    contactName,
  });
  const named = (addresses: readonly string[] = []) =>
    addresses.map((address) => ({ name: nameOf(contact.value, address), address }));
  const people = distinctRecipients(named(to), named(cc));
  const email: EmailFields = {
    from: null,
    ...people,
    bcc: named(bcc),
    replyTo: [],
    subject: input.subject?.trim() ?? "",
    messageId: "",
    inReplyTo: null,
    references: [],
    senderVerified: true,
    ...style,
    // There is nothing to quote.
    includesHistory: false,
  };
  if (storedBytes(email) > EMAIL_BYTES) {
    return err(invalid("cc", "are too many addresses for one mail"));
  }
  const body = await prepareBody(store, words, BASE_BYTES + EMAIL_BYTES + bytesOf(kept));
  const work: Work = { context, principal, input, channel, capabilities, body, files: kept, email };
  // Two who write to somebody new at once find each other's contact.
  return await transact(store, (tx) => once(tx, options, () => write(work, tx)), {
    queue: `start ${email.to[0]?.address.toLowerCase()}`,
  });
}

/** The contact that is named; null where there is only an address. */
async function knownContact(
  { store }: Pick<CoreContext, "store">,
  { contactId, to = [] }: StartInput,
): Promise<Result<Contact | null, CoreError>> {
  const first = to[0]?.trim().toLowerCase();
  const id = contactId ??
    (first === undefined ? null : await store.get(keys.identity("email", first)));
  const contact = id === null ? null : await store.get(keys.contact(id));
  if (contactId === undefined) return ok(contact);
  if (contact === null) return err(invalid("contactId", "is no contact"));
  if (first === undefined && contact.emails.length === 0) {
    return err(invalid("to", "names nobody: there is no address of this contact"));
  }
  return first === undefined || contact.emails.some((one) => one.toLowerCase() === first)
    ? ok(contact)
    : err(invalid("to", "begins with an address that is not this contact's"));
}

function wrongPeople(
  { to, cc = [], bcc = [] }: Pick<StartInput, "to" | "cc" | "bcc">,
  isOwn: (address: string) => boolean,
): CoreError | null {
  if (to === undefined || to.length === 0) return invalid("to", "names nobody");
  for (const [path, addresses] of Object.entries({ to, cc, bcc })) {
    const own = addresses.find((address) => isOwn(address.trim().toLowerCase()));
    if (own !== undefined) return invalid(path, `names "${own}", a mailbox of yours`);
  }
  return null;
}

/** What somebody typed; addresses we know are as their mail came. */
function wrongAddress({ to = [], cc = [], bcc = [] }: StartInput): CoreError | null {
  for (const [path, addresses] of Object.entries({ to, cc, bcc })) {
    const wrong = addresses.findIndex((address) => !EmailInput.safeParse(address).success);
    if (wrong >= 0) return invalid(`${path}.${wrong}`, "is not a mail address");
  }
  return null;
}

function wrongSubject(subject: string): CoreError | null {
  return subject.trim().length > MAX_SUBJECT
    ? invalid("subject", `is over ${MAX_SUBJECT} characters`)
    : null;
}

function nameOf(contact: Contact | null, address: string): string {
  const isTheirs = contact?.emails.some((one) => one.toLowerCase() === address.toLowerCase());
  return isTheirs === true ? contact?.name ?? "" : "";
}

interface Work {
  readonly context: CoreContext;
  readonly principal: Principal;
  readonly input: StartInput;
  readonly channel: Channel;
  readonly capabilities: Capabilities;
  readonly body: PreparedBody;
  readonly files: readonly AttachmentRecord[];
  readonly email: EmailFields;
}

async function write(work: Work, tx: Tx): Promise<Result<Posted, CoreError>> {
  const { context, principal, input, capabilities, email } = work;
  const channel = await tx.read(keys.channel(work.channel.id));
  // Asked again: it may have been moved to another inbox meanwhile.
  if (channel === null || !can(principal, "conversation.write", { inboxId: channel.inboxId })) {
    return err({ code: "forbidden" });
  }
  const contact = await contactOf(work, tx);
  const wrong = wrongContact(contact, channel, email);
  if (wrong !== null) return err(wrong);

  const base = await newConversation(context, channel, email, contact, tx.now);
  const actor = actorOf(principal);
  const isScheduled = input.sendAt !== undefined;
  const dueAt = input.sendAt ??
    tx.now + (input.undoSeconds ?? capabilities.undoSeconds) * 1_000;
  const message: Message = {
    id: context.ports.ids.next("msg"),
    conversationId: base.id,
    seq: 1,
    kind: "reply",
    author: {
      type: actor.type === "user" ? "user" : "system",
      id: actor.id,
      name: actor.name,
    },
    ...storeBody(tx, work.body),
    attachments: fitFiles(work.files.map(fileRef)),
    status: isScheduled ? "scheduled" : "queued",
    trace: [],
    createdAt: tx.now,
    ...dueAt === tx.now ? {} : { sendAt: dueAt },
    email,
  };
  const owner = { conversationId: base.id, messageId: message.id };
  const taken = await takeFiles(tx, work.files, owner);
  if (!taken.ok) return taken;
  const after: Conversation = afterPost(base, message, {
    isReply: !isScheduled,
    assigneeId: principal.type === "user" ? principal.user.id : null,
  }, tx.now);
  putConversation(tx, null, after);
  putMessage(tx, after, message);
  queueMessage(tx, message, {
    channelId: channel.id,
    dueAt,
    waitingBefore: null,
    answersWhenSent: isScheduled,
  });
  if (isScheduled) await noteScheduled(tx, message, { dueAts: [dueAt] });
  const where = { actor, conversationId: after.id, inboxId: after.inboxId };
  tx.emit({ type: "conversation.created", ...where, contactId: contact.id });
  tx.emit({ type: "message.created", ...where, messageId: message.id, seq: message.seq });
  return ok({ message, conversation: after, isReplay: false });
}

/** Whose address it is, or a new contact. */
async function contactOf({ context, input, email }: Work, tx: Tx): Promise<Contact> {
  const chosen = input.contactId === undefined
    ? null
    : await tx.read(keys.contact(input.contactId));
  if (chosen !== null) return chosen;
  const value = email.to[0]?.address ?? "";
  const sender = { identities: [{ kind: "email", value, verified: false }] };
  return (await resolveContact(tx, sender, context.ports.ids)).contact;
}

/** Why somebody is not to be written to. Pure. */
function wrongContact(contact: Contact, channel: Channel, { to }: EmailFields): CoreError | null {
  if (contact.blocked) return invalid("to", "names somebody who is blocked: unblock them first");
  if (optedOutAt(contact, channel.id) !== null) {
    const message = "They asked for no more messages over this channel";
    return { code: "opted_out", message };
  }
  const held = holdReason(contact, to.map(({ address }) => address));
  return held === null ? null : invalid(
    "to",
    `names ${held.address}, from which the last mail came back (${held.reason}): lift that mark at the contact first`,
  );
}
