/** The workspace's only door to the server. Every call answers a value or a closed kind of failure; nothing throws. */
import type {
  ApiContactInput,
  ApiContactPatch,
  ApiConversationInput,
  ApiForwardInput,
} from "../../../core/model/api_inputs.ts";
import type {
  ApiAttachment,
  ApiContact,
  ApiContactNote,
  ApiConversation,
  ApiConversationPatch,
  ApiCounts,
  ApiDraft,
  ApiDraftLines,
  ApiDrafts,
  ApiFollowers,
  ApiMe,
  ApiMessage,
  ApiMessageInput,
  ApiPresence,
  ApiProblem,
  ApiReplyDefaults,
  ApiTagUse,
  ApiTemplate,
  ApiThreadRule,
  ApiTimeline,
} from "../../../core/model/api.ts";
import type { ApiDraftInput } from "../../../core/model/api_inputs.ts";
import type { ApiSearchPage } from "../../../core/model/api_search.ts";
import type { ApiMacro, ApiMacroRun, ApiSnippet } from "../../../core/model/api_snippets.ts";
import type { ApiView, ApiViewInput, ApiViewPatch } from "../../../core/model/api_views.ts";
import { err, ok, type Result } from "../../../core/result.ts";
import type { ListName } from "./workspace_route.ts";
import { sendForm, type UploadOptions } from "./send_form.ts";

export type ApiFailure =
  /** No answer came: nobody knows whether it arrived. */
  | { readonly code: "offline" }
  | { readonly code: "signed_out" }
  /** The conversation has newer messages than the author saw; nothing was sent. */
  | {
    readonly code: "moved_on";
    readonly version: number;
    readonly messages: readonly ApiMessage[];
  }
  /** Refused; `detail` is for the agent. */
  | { readonly code: "refused"; readonly status: number; readonly detail: string };

/** What to do with a sender's mail from now on; `subject`: only with mail about it. */
export type ApiThreadRuleInput =
  & Pick<ApiThreadRule, "action" | "sender">
  & Partial<Pick<ApiThreadRule, "subject">>;

/** One change of several conversations; `action` is the caller's own. */
export interface ApiBulkChange {
  readonly ids: readonly string[];
  readonly set?: ApiConversationPatch;
  readonly action?: "read" | "unread";
}

/** What became of each, in the order of the ids. */
export interface ApiBulkAnswer {
  readonly results: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly conversation?: ApiConversation;
    readonly error?: { readonly code: string; readonly title: string; readonly detail: string };
  }[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** `isLeaving`: it may be the page's last word, and goes out after the page is gone. */
export interface LastCall {
  readonly isLeaving: boolean;
}

type Answer<T> = Promise<Result<T, ApiFailure>>;

export interface Api {
  conversations(list: ListName, cursor: string | null): Answer<Page<ApiConversation>>;
  conversationsOfContact(contactId: string): Answer<Page<ApiConversation>>;
  conversation(id: string): Answer<ApiConversation>;
  updateConversation(id: string, patch: ApiConversationPatch): Answer<ApiConversation>;
  /** The same change of up to 100, or reading them: each is done or refused by itself. */
  updateConversations(input: ApiBulkChange): Answer<ApiBulkAnswer>;
  /** From now on, for a sender's mail over a channel. */
  addThreadRule(channelId: string, rule: ApiThreadRuleInput): Answer<ApiThreadRule>;
  markRead(id: string, seq: number): Answer<ApiConversation>;
  followers(id: string): Answer<ApiFollowers>;
  /** Of the reader themselves. */
  follow(id: string, isFollowing: boolean): Answer<ApiFollowers>;
  /** @returns the new conversation, which begins with this message */
  splitConversation(id: string, messageId: string): Answer<ApiConversation>;
  /** @returns the one that is part of the other now */
  mergeConversation(id: string, intoId: string): Answer<ApiConversation>;
  /** @param beforeSeq messages before this one; null for the latest. */
  messages(conversationId: string, beforeSeq: number | null): Answer<Page<ApiMessage>>;
  sendMessage(conversationId: string, input: ApiMessageInput): Answer<ApiMessage>;
  /** See `POST /conversations`. @param key the same for each try at the same */
  startConversation(input: ApiConversationInput, key: string): Answer<ApiConversation>;
  /** Mails somebody outside; the message it became. */
  forward(conversationId: string, input: ApiForwardInput, key: string): Answer<ApiMessage>;
  /** What a letter would be now. */
  replyDefaults(conversationId: string): Answer<ApiReplyDefaults>;
  /** What may be sent when a reply window is over. */
  templates(channelId: string): Answer<Page<ApiTemplate>>;
  cancelMessage(id: string): Answer<ApiMessage>;
  retryMessage(id: string): Answer<ApiMessage>;
  /** @param sendAt epoch ms; undefined: a scheduled reply leaves now */
  rescheduleMessage(id: string, sendAt: number | undefined): Answer<ApiMessage>;
  /** With its HTML, where it has any. */
  message(id: string): Answer<ApiMessage>;
  /** Has a missing file fetched again. */
  retryFile(attachmentId: string): Answer<ApiMessage>;
  contact(id: string): Answer<ApiContact>;
  createContact(input: ApiContactInput): Answer<ApiContact>;
  updateContact(id: string, patch: ApiContactPatch): Answer<ApiContact>;
  /** The latest of what they have part in. */
  timeline(contactId: string): Answer<ApiTimeline>;
  /** Newest first; null: the first page. */
  contactNotes(contactId: string, cursor: string | null): Answer<Page<ApiContactNote>>;
  addContactNote(contactId: string, text: string): Answer<ApiContactNote>;
  updateContactNote(contactId: string, id: string, text: string): Answer<ApiContactNote>;
  deleteContactNote(contactId: string, id: string): Answer<null>;
  /** The likeliest for a few letters of a name or an address. */
  findContacts(query: string, limit: number): Answer<Page<ApiContact>>;
  /** Conversations and people by words and filters, of the reader's own days. */
  search(query: string, limit: number): Answer<ApiSearchPage>;
  /** Mail to all of a contact's addresses is sent again. */
  liftBadEmails(contactId: string): Answer<ApiContact>;
  /** Of all of a contact's addresses, those whose images are always shown. */
  showImagesFrom(contactId: string, imagesFrom: readonly string[]): Answer<ApiContact>;
  /** The caller's drafts in a conversation, and who else has one. */
  drafts(conversationId: string): Answer<ApiDrafts>;
  saveDraft(
    conversationId: string,
    kind: "reply" | "comment",
    input: ApiDraftInput,
    options: LastCall,
  ): Answer<ApiDraft>;
  deleteDraft(
    conversationId: string,
    kind: "reply" | "comment",
    options: LastCall,
  ): Answer<unknown>;
  /** All of the caller's, by their first words. */
  draftLines(): Answer<ApiDraftLines>;
  /** @returns who else is there */
  sayPresence(
    conversationId: string,
    state: "viewing" | "typing" | "idle" | "left",
    tab: string,
  ): Answer<ApiPresence>;
  snippets(): Answer<Page<ApiSnippet>>;
  /** Counted; nobody waits for it. */
  useSnippet(id: string): Answer<null>;
  macros(): Answer<Page<ApiMacro>>;
  /** @param key of this run: asked again with it, nothing happens twice */
  runMacro(
    conversationId: string,
    macroId: string,
    key: string,
    input: { readonly ifVersion?: number },
  ): Answer<ApiMacroRun>;
  /** Tells the customer that somebody is writing; it counts for six seconds. */
  sayTyping(conversationId: string, isTyping: boolean): Answer<unknown>;
  /** All tags, by name. */
  tags(): Answer<Page<ApiTagUse>>;
  counts(): Answer<ApiCounts>;
  /** Saved ones, in their order. */
  views(): Answer<Page<ApiView>>;
  createView(input: ApiViewInput): Answer<ApiView>;
  updateView(id: string, patch: ApiViewPatch): Answer<ApiView>;
  deleteView(id: string): Answer<null>;
  /** Whether the session still stands, and what it may see. */
  me(): Answer<ApiMe>;
  upload(file: File, options: UploadOptions): Answer<ApiAttachment>;
}

/** @param fetcher the browser's `fetch`. @param base where the API lives. */
export function createApi(fetcher: typeof fetch, base = "/api/v1"): Api {
  const get = <T>(path: string) => call<T>(fetcher, base + path, { method: "GET" });
  const send = <T>(
    method: string,
    path: string,
    body?: unknown,
    { key, isLeaving = false }: { readonly key?: string; readonly isLeaving?: boolean } = {},
  ) =>
    call<T>(fetcher, base + path, {
      method,
      ...(isLeaving ? { keepalive: true } : {}),
      ...(body === undefined ? {} : {
        headers: {
          "content-type": "application/json",
          ...(key !== undefined && { "idempotency-key": key }),
        },
        body: JSON.stringify(body),
      }),
    });
  return {
    conversations: (list, cursor) => get(`/conversations?${listQuery(list, cursor)}`),
    conversationsOfContact: (contactId) =>
      get(`/conversations?${new URLSearchParams({ contactId, limit: "20" })}`),
    conversation: (id) => get(`/conversations/${id}`),
    updateConversation: (id, patch) => send("PATCH", `/conversations/${id}`, patch),
    updateConversations: (input) => send("POST", "/conversations/bulk", input),
    splitConversation: (id, messageId) => send("POST", `/conversations/${id}/split`, { messageId }),
    mergeConversation: (id, intoId) => send("POST", `/conversations/${id}/merge`, { intoId }),
    addThreadRule: (channelId, rule) => send("POST", `/channels/${channelId}/thread-rules`, rule),
    markRead: (id, seq) => send("POST", `/conversations/${id}/read`, { seq }),
    followers: (id) => get(`/conversations/${id}/follow`),
    follow: (id, isFollowing) =>
      send(isFollowing ? "PUT" : "DELETE", `/conversations/${id}/follow`),
    messages: (id, beforeSeq) =>
      get(
        `/conversations/${id}/messages?limit=50${beforeSeq === null ? "" : `&before=${beforeSeq}`}`,
      ),
    sendMessage: (id, input) => send("POST", `/conversations/${id}/messages`, input),
    startConversation: (input, key) => send("POST", "/conversations", input, { key }),
    forward: (id, input, key) => send("POST", `/conversations/${id}/forward`, input, { key }),
    replyDefaults: (id) => get(`/conversations/${id}/reply`),
    templates: (channelId) => get(`/channels/${channelId}/templates`),
    cancelMessage: (id) => send("POST", `/messages/${id}/cancel`),
    retryMessage: (id) => send("POST", `/messages/${id}/retry`),
    rescheduleMessage: (id, sendAt) =>
      send("POST", `/messages/${id}/reschedule`, {
        ...(sendAt === undefined ? {} : { sendAt: new Date(sendAt).toISOString() }),
      }),
    message: (id) => get(`/messages/${id}`),
    retryFile: (id) => send("POST", `/attachments/${id}/retry`),
    contact: (id) => get(`/contacts/${id}`),
    createContact: (input) => send("POST", "/contacts", input),
    updateContact: (id, patch) => send("PATCH", `/contacts/${id}`, patch),
    timeline: (id) => get(`/contacts/${id}/timeline?limit=20`),
    contactNotes: (id, cursor) =>
      get(
        `/contacts/${id}/notes?${new URLSearchParams({
          limit: "20",
          ...cursor === null ? {} : { cursor },
        })}`,
      ),
    addContactNote: (id, text) => send("POST", `/contacts/${id}/notes`, { text }),
    updateContactNote: (id, noteId, text) =>
      send("PATCH", `/contacts/${id}/notes/${noteId}`, { text }),
    deleteContactNote: (id, noteId) => send("DELETE", `/contacts/${id}/notes/${noteId}`),
    findContacts: (q, limit) =>
      get(`/contacts?${new URLSearchParams({ q, limit: String(limit) })}`),
    search: (q, limit) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return get(`/search?${new URLSearchParams({ q, limit: String(limit), timeZone })}`);
    },
    liftBadEmails: (id) => send("PATCH", `/contacts/${id}`, { badEmails: [] }),
    showImagesFrom: (id, imagesFrom) => send("PATCH", `/contacts/${id}`, { imagesFrom }),
    drafts: (id) => get(`/conversations/${id}/drafts`),
    saveDraft: (id, kind, input, { isLeaving }) =>
      send("PUT", `/conversations/${id}/drafts/${kind}`, input, { isLeaving }),
    deleteDraft: (id, kind, { isLeaving }) =>
      send("DELETE", `/conversations/${id}/drafts/${kind}`, undefined, { isLeaving }),
    draftLines: () => get("/drafts"),
    sayPresence: (id, state, tab) =>
      send("POST", `/conversations/${id}/presence`, { state, tab }, {
        isLeaving: state === "left",
      }),
    sayTyping: (id, isTyping) => send("POST", `/conversations/${id}/typing`, { isTyping }),
    snippets: () => get("/snippets"),
    useSnippet: (id) => send("POST", `/snippets/${id}/use`),
    macros: () => get("/macros"),
    runMacro: (id, macroId, key, input) =>
      send("POST", `/conversations/${id}/macros/${macroId}`, input, { key }),
    tags: () => get("/tags"),
    counts: () => get("/conversations/counts"),
    views: () => get("/views"),
    createView: (input) => send("POST", "/views", input),
    updateView: (id, patch) => send("PATCH", `/views/${id}`, patch),
    deleteView: (id) => send("DELETE", `/views/${id}`),
    me: () => get("/me"),
    upload: (file, options) => {
      const form = new FormData();
      form.append("file", file, file.name);
      return sendForm(`${base}/attachments`, form, options).then((answer) =>
        answer === null ? err({ code: "offline" }) : read(answer.status, answer.body)
      );
    },
  };
}

function listQuery(
  { scope, view, sort, lane, channelId, channelType, only, filter }: ListName,
  cursor: string | null,
): URLSearchParams {
  const query = new URLSearchParams({ sort, limit: "50" });
  if (view !== "filter") query.set("view", view);
  else query.set("filter", filter ?? "");
  if (scope !== "all") query.set("inboxId", scope);
  if (lane !== undefined) query.set("lane", lane);
  if (channelId !== undefined) query.set("channelId", channelId);
  if (channelType !== undefined) query.set("channelType", channelType);
  if (only === "unread") query.set("unread", "true");
  if (only === "mine") query.set("assigneeId", "me");
  if (cursor !== null) query.set("cursor", cursor);
  return query;
}

/** A connection that died quietly must not leave an agent waiting for ever. */
const ANSWER_MS = 30_000;

async function call<T>(
  fetcher: typeof fetch,
  url: string,
  init: RequestInit,
): Promise<Result<T, ApiFailure>> {
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await fetcher(url, { ...init, credentials: "same-origin", signal });
    return read(response.status, await response.text());
  } catch {
    // fetch rejects only when no answer came: offline, out of time, connection lost midway.
    return err({ code: "offline" });
  }
}

function read<T>(status: number, body: string): Result<T, ApiFailure> {
  if (status === 401) return err({ code: "signed_out" });
  const value = parse(body);
  // The server's own answers: its shapes are checked where they are made, and tested there.
  if (status >= 200 && status < 300) return ok(value as T);
  if (status === 409 && isMovedOn(value)) return err({ code: "moved_on", ...value });
  const problem = value as Partial<ApiProblem> | null;
  const detail = problem?.errors?.map(({ message }) => message).join(". ") || problem?.detail ||
    "The server could not do that";
  return err({ code: "refused", status, detail });
}

function parse(body: string): unknown {
  try {
    return body === "" ? null : JSON.parse(body);
  } catch {
    // A proxy's page in place of an answer.
    return null;
  }
}

function isMovedOn(value: unknown): value is { version: number; messages: ApiMessage[] } {
  return typeof value === "object" && value !== null && "version" in value && "messages" in value &&
    Array.isArray(value.messages);
}
