/** From the composer to the server: shown at once, taken back when it fails, never lost, never sent twice. */
import type { ApiMessage, ApiMessageInput, ApiReplyDefaults } from "../../../core/model/api.ts";
import { templateText } from "../../../core/model/template_text.ts";
import type { Api, ApiFailure } from "./api.ts";
import type { WaitingReply } from "../replies/waiting_reply.ts";
import { cidOf, type ComposerState, isWanted } from "./composer_state.ts";
import { blockOf, type SendBlock } from "./send_block.ts";
import type { ComposerStore } from "./composer_store.ts";
import type { DraftSync } from "./draft_sync.ts";
import type { DraftKind } from "./drafts.ts";
import { namedIn } from "./mention_segments.ts";
import { everybody, type Recipients } from "./recipients.ts";
import type { ThreadStore } from "./thread_store.ts";
import type { ToastStore } from "./toast_store.ts";

export interface SendPorts {
  readonly api: Pick<Api, "sendMessage" | "cancelMessage">;
  readonly composers: ComposerStore;
  readonly drafts: Pick<DraftSync, "detach" | "attach">;
  readonly threads: ThreadStore;
  readonly toasts: ToastStore;
  readonly me: { readonly id: string; readonly name: string };
  /** Keeps what nobody answered until somebody does. @returns false where that cannot be. */
  keep(reply: Omit<WaitingReply, "userId">): Promise<boolean>;
  /** What was kept goes back into the composer. */
  takeBack(id: string): void;
  now(): number;
  /** A fresh id of 8–64 letters and digits. */
  newId(): string;
}

export interface SendOptions {
  readonly conversationId: string;
  readonly kind: DraftKind;
  /** Seconds a reply can be taken back; comments never wait. */
  readonly undoSeconds: number;
  /** Whom a letter goes to by default, as its author saw it; null where no letters are written. */
  readonly defaults: ApiReplyDefaults | null;
  /** Said once it is scheduled: "Scheduled for Fri 09:00". */
  readonly scheduledWords?: string | undefined;
  /** Epoch ms: it leaves then, not now. Replies only. */
  readonly sendAt?: number | undefined;
  /** The reply window is over: the chosen template goes, not the text. */
  readonly isTemplate?: boolean;
}

/** How long a scheduled reply offers to be taken back; it can be later too, in the thread. */
const SCHEDULED_TOAST_MS = 10_000;

export type SendOutcome =
  | { readonly kind: "sent"; readonly message: ApiMessage }
  /** It leaves by itself once there is a connection. */
  | { readonly kind: "waiting" }
  | { readonly kind: "blocked"; readonly by: SendBlock }
  /** The text is back in the composer. */
  | { readonly kind: "failed"; readonly failure: ApiFailure };

export async function sendMessage(ports: SendPorts, options: SendOptions): Promise<SendOutcome> {
  const { composers, drafts, threads, api } = ports;
  const { conversationId, kind } = options;
  const block = blockOf(composers.get(conversationId, kind), options.isTemplate);
  if (block !== null) return { kind: "blocked", by: block };

  const draftId = drafts.detach(conversationId, kind);
  const state = composers.take(conversationId, kind);
  const input = inputOf(state, options, ports);
  const shown = provisional(input, state, options, ports);
  threads.addSending(shown);
  const answer = await api.sendMessage(conversationId, { ...input, draftId });
  if (answer.ok) {
    threads.takeAnswer(answer.value);
    offerUndo(ports, options, state, answer.value);
    return { kind: "sent", message: answer.value };
  }

  if (
    answer.error.code === "offline" && await wait(ports, { ...input, draftId }, shown, state)
  ) return { kind: "waiting" };
  drafts.attach(conversationId, kind, draftId);
  threads.removeMessage(conversationId, input.id);
  composers.putBack(conversationId, kind, state, leftovers(answer.error, input));
  if (answer.error.code !== "moved_on") {
    ports.toasts.show({ icon: "alert", text: failureWords(answer.error), lastsMs: 10_000 });
  }
  return { kind: "failed", failure: answer.error };
}

/** Nobody answered: it stays in the thread, says what it waits for, and survives a reload. */
async function wait(
  { keep, takeBack, threads, toasts, now }: SendPorts,
  input: Input & { readonly draftId: string },
  message: ApiMessage,
  state: ComposerState,
): Promise<boolean> {
  const { id, conversationId } = message;
  const shown: ApiMessage = {
    ...message,
    status: "queued",
    error: { code: "offline", message: "for a connection" },
  };
  if (!await keep({ id, conversationId, input, shown, state, queuedAt: now() })) return false;
  threads.addSending(shown);
  toasts.show({
    icon: "offline",
    text: "No connection. It leaves as soon as there is one",
    isUndo: true,
    about: id,
    lastsMs: WAITING_TOAST_MS,
    action: { label: "Take back", run: () => takeBack(id) },
  });
  return true;
}

const WAITING_TOAST_MS = 10_000;

type Input = ApiMessageInput & { readonly id: string };

function inputOf(state: ComposerState, options: SendOptions, ports: SendPorts): Input {
  const attachmentIds = state.files.filter((file) => isWanted(file, state))
    .map(({ attachment }) => attachment?.id).filter((id) => id !== undefined);
  const body = {
    kind: options.kind,
    ...words(state, options, attachmentIds),
    ...addressed(recipientsOf(state, options)),
    ...mentioned(state, options),
    ...(options.kind === "reply" && state.history !== null ? { history: state.history } : {}),
    ...(options.kind === "reply" ? leaving(options) : {}),
    ...(options.kind === "reply" && state.baseVersion !== null
      ? { ifVersion: state.baseVersion }
      : {}),
  };
  // A try whose answer was lost may have arrived: the same words under the same id arrive once.
  const isSameTry = state.lastTry?.body === JSON.stringify(body);
  const id = isSameTry && state.lastTry !== null ? state.lastTry.id : ports.newId();
  return { id, ...body };
}

/** Whom a comment still calls. */
function mentioned(
  { text, mentions }: ComposerState,
  { kind }: SendOptions,
): Pick<ApiMessageInput, "mentions"> {
  const called = kind === "comment" ? namedIn(text, mentions) : [];
  return called.length === 0 ? {} : { mentions: called.map(({ type, id }) => ({ type, id })) };
}

/** When a reply leaves: at its time, or once it cannot be undone any more. */
function leaving(
  { sendAt, undoSeconds }: SendOptions,
): Pick<ApiMessageInput, "sendAt" | "undoSeconds"> {
  if (sendAt !== undefined) return { sendAt: new Date(sendAt).toISOString() };
  return undoSeconds > 0 ? { undoSeconds } : {};
}

/** What the message says: the text with what goes along, or the template. */
function words(
  { text, html, files, quickReplies, template }: ComposerState,
  { isTemplate = false }: SendOptions,
  attachmentIds: readonly string[],
): Pick<ApiMessageInput, "text" | "html" | "attachmentIds" | "quickReplies" | "template"> {
  if (isTemplate && template !== null) {
    const { name, language } = template.template;
    return { template: { name, language, values: template.values.map((value) => value.trim()) } };
  }
  const titles = quickReplies.map((title) => title.trim()).filter((title) => title !== "");
  return {
    // The server makes the text of what it keeps of the HTML, so that both say the same.
    ...(html === null ? { text: text.trim() } : { html: withAttachments(html, files) }),
    ...(attachmentIds.length > 0 ? { attachmentIds: [...attachmentIds] } : {}),
    ...(titles.length > 0 ? { quickReplies: titles.map((title) => ({ title })) } : {}),
  };
}

/** Pictures by the ids of their files. */
function withAttachments(html: string, files: ComposerState["files"]): string {
  return files.reduce(
    (text, file) =>
      file.attachment === null
        ? text
        : text.replaceAll(`"cid:${cidOf(file)}"`, `"cid:${file.attachment.id}"`),
    html,
  );
}

/** Null where nobody is named: the server knows whom chats go to. */
function recipientsOf(
  { recipients }: ComposerState,
  { kind, defaults }: SendOptions,
): Recipients | null {
  if (kind !== "reply" || defaults === null) return null;
  const chosen = recipients ?? everybody(defaults);
  return chosen.to.length === 0 ? null : chosen;
}

/** What is sent is what was shown, even if the thread gained somebody meanwhile. */
function addressed(
  recipients: Recipients | null,
): Pick<ApiMessageInput, "to" | "cc" | "bcc"> {
  if (recipients === null) return {};
  const addresses = (line: keyof Recipients) => recipients[line].map(({ address }) => address);
  const bcc = addresses("bcc");
  return { to: addresses("to"), cc: addresses("cc"), ...(bcc.length > 0 ? { bcc } : {}) };
}

/** What a try that failed leaves in the composer. */
export function leftovers(failure: ApiFailure, { id, ...body }: Input): Partial<ComposerState> {
  switch (failure.code) {
    case "moved_on":
      return { guard: { version: failure.version, messages: failure.messages } };
    case "offline":
      return { lastTry: { id, body: JSON.stringify(body) } };
    case "signed_out":
    case "refused":
      return {};
  }
}

function provisional(
  input: Input,
  state: ComposerState,
  options: SendOptions,
  { me, now }: SendPorts,
): ApiMessage {
  const { conversationId, kind, defaults } = options;
  const files = state.files.filter((file) => isWanted(file, state));
  const recipients = recipientsOf(state, options);
  const mentions = namedIn(state.text, state.mentions);
  return {
    id: input.id,
    conversationId,
    seq: Number.MAX_SAFE_INTEGER,
    kind,
    author: { type: "user", id: me.id, name: me.name },
    text: options.isTemplate ? templateWords(state) : state.text.trim(),
    ...(input.quickReplies === undefined
      ? {}
      : { quickReplies: input.quickReplies.map(({ title }) => ({ title, payload: title })) }),
    hasHtml: false,
    ...(kind === "comment" && mentions.length > 0 ? { mentions: [...mentions] } : {}),
    attachments: files.map(({ attachment }) => attachment).filter((one) => one !== null),
    status: kind === "comment" ? "received" : input.sendAt === undefined ? "queued" : "scheduled",
    trace: [],
    ...(input.sendAt === undefined ? {} : { sendAt: input.sendAt }),
    createdAt: new Date(now()).toISOString(),
    ...(recipients === null ? {} : {
      email: {
        from: null,
        to: [...recipients.to],
        cc: [...recipients.cc],
        bcc: [...recipients.bcc],
        replyTo: [],
        subject: defaults?.subject ?? "",
        messageId: "",
        inReplyTo: null,
        references: [],
        senderVerified: true,
      },
    }),
  };
}

function templateWords({ template }: ComposerState): string {
  return template === null ? "" : templateText(template.template.body, template.values);
}

/** A reply that has not left yet can be taken back, and its words with it. */
function offerUndo(
  { api, composers, toasts, now }: SendPorts,
  { conversationId, kind, scheduledWords }: SendOptions,
  state: ComposerState,
  message: ApiMessage,
): void {
  const isScheduled = message.status === "scheduled";
  const lastsMs = message.sendAt === undefined ? 0 : Date.parse(message.sendAt) - now();
  if (kind !== "reply" || lastsMs < 1_000) return;
  if (message.status !== "queued" && !isScheduled) return;
  toasts.show({
    icon: isScheduled ? "later" : "clock",
    text: isScheduled ? scheduledWords ?? "Scheduled" : "Sending",
    hasCountdown: !isScheduled,
    isUndo: true,
    about: message.id,
    // The toast ends a moment before the server begins, so that Undo does what it says.
    lastsMs: Math.min(lastsMs - 500, isScheduled ? SCHEDULED_TOAST_MS : Infinity),
    action: {
      label: "Undo",
      async run() {
        const canceled = await api.cancelMessage(message.id);
        if (!canceled.ok) {
          toasts.show({ icon: "alert", text: "Too late, it is on its way" });
          return;
        }
        // The conversation counted the reply that was taken back.
        const baseVersion = state.baseVersion === null ? null : state.baseVersion + 1;
        composers.putBack(conversationId, kind, { ...state, lastTry: null, baseVersion });
      },
    },
  });
}

/** For toasts: what happened and what is safe. */
export function failureWords(failure: ApiFailure): string {
  switch (failure.code) {
    case "offline":
      return "No connection, nothing was sent. Your text is in the composer";
    case "signed_out":
      return "You are signed out. Your text is kept in this browser";
    case "moved_on":
      return "Somebody wrote meanwhile, nothing was sent";
    case "refused":
      return `Not sent: ${failure.detail}`;
  }
}
