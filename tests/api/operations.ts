/** Every operation of the API: how to call it so that it succeeds, and who may. Two tests run through this table. */
import { PASSWORD, valueOf } from "../fakes/access.ts";
import type { ViewFilter } from "../../core/model/view_filter.ts";
import { keys, transact } from "../../core/store/mod.ts";
import { BASE, type TestRequest } from "../fakes/test_app.ts";
import {
  postReply,
  receiveMail,
  type TestInbox,
  type TestWorld,
  writeIn,
} from "../fakes/test_world.ts";

const BASE_PATH = "/api/v1".length;

/** Who may call an operation on something of the inbox `mine`. */
export type Rights =
  /** Anybody at all. */
  | "public"
  /** Whoever is signed in. */
  | "caller"
  /** Signed-in users, not tokens. */
  | "user"
  /** Owners and admins; everybody else is told that they may not. */
  | "manage"
  /** As `manage`, but for those outside the inbox it does not exist. */
  | "manage_inbox"
  /** Owners and admins; for everybody else it does not exist. */
  | "manage_hidden"
  /** Whoever reads the inbox; for others it does not exist. */
  | "read"
  /** As `read`, for users only. */
  | "read_user"
  /** As `read`, but viewers may not. */
  | "write"
  /** As `write`, for users only: tokens have no hands. */
  | "write_user"
  /** Agents of any inbox, owners and admins. */
  | "contact_write";

export interface Call extends TestRequest {
  readonly path: string;
}

export interface Operation {
  readonly id: string;
  readonly rights: Rights;
  readonly status: number;
  /** Makes what the call needs, so that it can be made any number of times. */
  call(world: TestWorld): Call | Promise<Call>;
}

const MAIL = (id: string) =>
  `From: Ada <ada@customer.example>\r\nSubject: Help\r\nMessage-ID: <${id}@customer.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>Please help</p>`;

const GOOGLE = {
  adapter: "google",
  name: "Google",
  config: { clientId: "id.apps.example", clientSecret: "s3cret" },
};

const URGENT = {
  all: [{ field: "priority", is: "any", value: ["urgent"] }],
} satisfies ViewFilter;

export const OPERATIONS: readonly Operation[] = [
  op("getOpenApi", "public", 200, () => ({ path: "/openapi.json" })),
  op("signIn", "public", 201, (world) => ({
    path: "/session",
    json: { email: world.owner.email, password: PASSWORD },
  })),
  op("signOut", "public", 204, async (world) => {
    const { token } = await signedIn(world);
    return {
      path: "/session",
      method: "DELETE",
      headers: { cookie: `parley_session=${token}`, origin: BASE },
    };
  }),
  op("getMe", "caller", 200, () => ({ path: "/me" })),
  op("updateMe", "user", 200, () => ({
    path: "/me",
    method: "PATCH",
    json: {
      meetingLink: "https://meet.example/ada",
      availability: "available",
      notifications: { mail: ["assigned", "unassigned"] },
    },
  })),
  op("changePassword", "user", 204, () => ({
    path: "/me/password",
    json: { current: PASSWORD, next: PASSWORD },
  })),

  op("listUsers", "caller", 200, () => ({ path: "/users" })),
  op("createUser", "manage", 201, (world) => ({
    path: "/users",
    json: { name: "New", email: `${unique(world)}@x.example`, role: "agent", password: PASSWORD },
  })),
  op("getUser", "caller", 200, (world) => ({ path: `/users/${world.agent.id}` })),
  op("updateUser", "manage", 200, async (world) => ({
    path: `/users/${await spareUser(world)}`,
    method: "PATCH",
    json: { name: "Renamed" },
  })),
  op("deactivateUser", "manage", 204, async (world) => ({
    path: `/users/${await spareUser(world)}`,
    method: "DELETE",
  })),
  op("listInvitations", "manage", 200, () => ({ path: "/invitations" })),
  op("createInvitation", "manage", 201, (world) => ({
    path: "/invitations",
    json: { email: `${unique(world)}@x.example`, role: "agent", inboxIds: [world.mine.id] },
  })),
  op("revokeInvitation", "manage", 204, async (world) => {
    const { access } = world.app.core;
    const input = { email: `${unique(world)}@x.example`, role: "agent" as const, inboxIds: [] };
    const { invitation } = valueOf(await access.invite(world.app.root, input));
    return { path: `/invitations/${invitation.id}`, method: "DELETE" };
  }),
  op("listTokens", "manage", 200, () => ({ path: "/tokens" })),
  op(
    "createToken",
    "manage",
    201,
    () => ({ path: "/tokens", json: { name: "CI", role: "agent" } }),
  ),
  op("revokeToken", "manage", 204, async (world) => {
    const { access } = world.app.core;
    const made = valueOf(
      await access.createToken(world.app.root, { name: "Old", role: "agent" }),
    );
    return { path: `/tokens/${made.record.id}`, method: "DELETE" };
  }),

  op("listTeams", "caller", 200, () => ({ path: "/teams" })),
  op("createTeam", "manage", 201, (world) => ({
    path: "/teams",
    json: { name: unique(world), memberIds: [world.agent.id] },
  })),
  op("getTeam", "caller", 200, async (world) => ({ path: `/teams/${await spareTeam(world)}` })),
  op("updateTeam", "manage", 200, async (world) => ({
    path: `/teams/${await spareTeam(world)}`,
    method: "PATCH",
    json: { memberIds: [] },
  })),
  op("deleteTeam", "manage", 204, async (world) => ({
    path: `/teams/${await spareTeam(world)}`,
    method: "DELETE",
  })),

  op("listInboxes", "caller", 200, () => ({ path: "/inboxes" })),
  op("createInbox", "manage", 201, () => ({ path: "/inboxes", json: { name: "Sales" } })),
  op("getInbox", "read", 200, ({ mine }) => ({ path: `/inboxes/${mine.id}` })),
  op("updateInbox", "manage_inbox", 200, ({ mine }) => ({
    path: `/inboxes/${mine.id}`,
    method: "PATCH",
    json: { name: "Mine" },
  })),
  op("deleteInbox", "manage_hidden", 204, async ({ app }) => {
    const { id } = valueOf(await app.core.inboxes.create(app.root, { name: "Empty" }));
    return { path: `/inboxes/${id}`, method: "DELETE" };
  }),

  op("listAppTypes", "caller", 200, () => ({ path: "/app-types" })),
  op("listApps", "manage", 200, () => ({ path: "/apps" })),
  op("createApp", "manage", 201, () => ({ path: "/apps", json: GOOGLE })),
  op("getApp", "manage", 200, async (world) => ({ path: `/apps/${await spareApp(world)}` })),
  op("updateApp", "manage", 200, async (world) => ({
    path: `/apps/${await spareApp(world)}`,
    method: "PATCH",
    json: { name: "Another", config: { clientSecret: { set: true } } },
  })),
  op("deleteApp", "manage", 204, async (world) => ({
    path: `/apps/${await spareApp(world)}`,
    method: "DELETE",
  })),

  op("listChannelTypes", "caller", 200, () => ({ path: "/channel-types" })),
  op("suggestChannel", "manage", 200, () => ({
    path: "/channel-types/email/suggest",
    json: { address: "support@gmail.com" },
  })),
  op("listChannels", "caller", 200, () => ({ path: "/channels" })),
  op("createChannel", "manage", 201, ({ mine }) => ({
    path: "/channels",
    json: { type: "chat", inboxId: mine.id, name: "Shop", config: { greeting: "Hello" } },
  })),
  op("getChannel", "read", 200, ({ mine }) => ({ path: `/channels/${mine.mailId}` })),
  op("updateChannel", "manage_inbox", 200, ({ mine }) => ({
    path: `/channels/${mine.chatId}`,
    method: "PATCH",
    json: { name: "Mine chat" },
  })),
  op("deleteChannel", "manage_inbox", 204, async ({ app, mine }) => {
    const input = { type: "chat", inboxId: mine.id, name: "Spare", config: {} };
    const { id } = valueOf(await app.core.channels.create(app.root, input));
    return { path: `/channels/${id}`, method: "DELETE" };
  }),
  op("testChannel", "manage_inbox", 200, ({ mine }) => ({
    path: `/channels/${mine.chatId}/test`,
    method: "POST",
  })),
  op("listThreadRules", "read", 200, ({ mine }) => ({
    path: `/channels/${mine.mailId}/thread-rules`,
  })),
  op("addThreadRule", "write", 201, ({ mine }) => ({
    path: `/channels/${mine.mailId}/thread-rules`,
    json: { action: "split", sender: "ada@customer.example", subject: "Re: Help" },
  })),
  op("removeThreadRule", "write", 204, async (world) => {
    const { app, mine } = world;
    const rule = await app.core.threadRules.add(app.root, mine.mailId, {
      action: "join",
      sender: `${unique(world)}@customer.example`,
    });
    return { path: `/channels/${mine.mailId}/thread-rules/${valueOf(rule).id}`, method: "DELETE" };
  }),
  // A mailbox has none: whoever may ask is told so.
  op("listTemplates", "read", 422, ({ mine }) => ({ path: `/channels/${mine.mailId}/templates` })),
  op("listDeliveries", "manage", 200, async ({ app, mine }) => {
    await failedDelivery(app, mine);
    return { path: `/channels/${mine.mailId}/deliveries?state=failed` };
  }),
  op("replayDelivery", "manage", 202, async ({ app, mine }) => ({
    path: `/deliveries/${await failedDelivery(app, mine)}/replay`,
    method: "POST",
  })),
  // No server is there to tell: whoever may ask is told so.
  op("listFolders", "manage_inbox", 409, async ({ app, mine }) => ({
    path: `/channels/${await imapChannel(app, mine)}/folders`,
  })),
  op("listImports", "manage_inbox", 200, async ({ app, mine }) => ({
    path: `/channels/${(await anImport(app, mine)).channelId}/imports`,
  })),
  op("createImport", "manage_inbox", 201, async ({ app, mine }) => ({
    path: `/channels/${await imapChannel(app, mine)}/imports`,
    json: { folder: "Archive", since: "2024-01-01T00:00:00.000Z" },
  })),
  op("getImport", "manage_inbox", 200, async ({ app, mine }) => ({
    path: `/imports/${(await anImport(app, mine)).id}`,
  })),
  op("cancelImport", "manage_inbox", 200, async ({ app, mine }) => ({
    path: `/imports/${(await anImport(app, mine)).id}/cancel`,
    method: "POST",
  })),
  op("resumeImport", "manage_inbox", 200, async ({ app, mine }) => ({
    path: `/imports/${(await anImport(app, mine, "canceled")).id}/resume`,
    method: "POST",
  })),

  op("listTags", "caller", 200, () => ({ path: "/tags" })),
  op("createTag", "contact_write", 201, (world) => ({
    path: "/tags",
    json: { name: unique(world), hue: 30 },
  })),
  op("updateTag", "manage", 200, async (world) => ({
    path: `/tags/${await aTag(world)}`,
    method: "PATCH",
    json: { name: unique(world), hue: 40 },
  })),
  op("mergeTag", "manage", 200, async (world) => ({
    path: `/tags/${await aTag(world)}/merge`,
    json: { intoId: await aTag(world) },
  })),
  op("deleteTag", "manage", 204, async (world) => ({
    path: `/tags/${await aTag(world)}`,
    method: "DELETE",
  })),

  op(
    "listConversations",
    "caller",
    200,
    () => ({ path: "/conversations?view=open&limit=10&q=hello" }),
  ),
  op("countConversations", "caller", 200, () => ({ path: "/conversations/counts" })),
  op("updateConversations", "caller", 200, ({ mine }) => ({
    path: "/conversations/bulk",
    json: { ids: [mine.conversationId], set: { priority: "high" }, action: "read" },
  })),
  op("getConversation", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}`,
  })),
  op("updateConversation", "write", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}`,
    method: "PATCH",
    json: { tags: ["vip"], priority: "low" },
  })),
  op("unreadConversation", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/unread`,
    method: "POST",
    json: {},
  })),
  op("readConversation", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/read`,
    method: "POST",
  })),
  op("typeInConversation", "write_user", 204, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/typing`,
    json: { isTyping: true },
  })),
  op("attendConversation", "read_user", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/presence`,
    json: { state: "viewing", tab: "tab-0001" },
  })),
  op("listDrafts", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/drafts`,
  })),
  op("saveDraft", "write_user", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/drafts/reply`,
    method: "PUT",
    json: { text: "Dear Ada,", baseVersion: 1 },
  })),
  op("deleteDraft", "write_user", 204, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/drafts/comment`,
    method: "DELETE",
  })),
  op("listOwnDrafts", "caller", 200, () => ({ path: "/drafts" })),
  op("getFollowers", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/follow`,
  })),
  op("followConversation", "read_user", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/follow`,
    method: "PUT",
  })),
  op("unfollowConversation", "read_user", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/follow`,
    method: "DELETE",
  })),
  op("splitConversation", "write", 201, async (world) => {
    const { app, mine } = world;
    const more = await writeIn(app, mine.chatId, { from: "Mine-visitor", text: "And one more" });
    return {
      path: `/conversations/${mine.conversationId}/split`,
      json: { messageId: more.messageId },
    };
  }),
  op("mergeConversation", "write", 200, async (world) => ({
    path: `/conversations/${(await mailed(world)).conversationId}/merge`,
    json: { intoId: (await mailed(world)).conversationId },
  })),
  op("listMessages", "read", 200, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/messages?limit=2`,
  })),
  op("postMessage", "write", 201, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/messages`,
    json: { kind: "comment", text: "Known customer" },
  })),
  op("startConversation", "write", 201, (world) => ({
    path: "/conversations",
    json: {
      channelId: world.mine.mailId,
      to: `${unique(world)}@customer.example`,
      subject: "Your order",
      text: "It is on its way",
    },
  })),
  op("forwardConversation", "write", 201, ({ mine }) => ({
    path: `/conversations/${mine.conversationId}/forward`,
    json: { to: "supplier@outside.example", text: "Can you deliver this?" },
  })),
  op("getReplyDefaults", "read", 200, async (world) => ({
    path: `/conversations/${(await mailed(world)).conversationId}/reply`,
  })),
  op("getMessage", "read", 200, ({ mine }) => ({ path: `/messages/${mine.messageId}` })),
  op("cancelMessage", "write", 200, async ({ app, mine }) => {
    const { id } = await postReply(app, mine.conversationId, { undoSeconds: 30 });
    return { path: `/messages/${id}/cancel`, method: "POST" };
  }),
  op("rescheduleMessage", "write", 200, async ({ app, mine }) => {
    const sendAt = app.ports.clock.now() + 3_600_000;
    const { id } = await postReply(app, mine.conversationId, { sendAt });
    return { path: `/messages/${id}/reschedule`, method: "POST", json: {} };
  }),
  op("retryMessage", "write", 200, async (world) => ({
    path: `/messages/${await failedReply(world)}/retry`,
    method: "POST",
  })),
  op("getRawMessage", "read", 200, async (world) => ({
    path: `/messages/${(await mailed(world)).messageId}/raw`,
  })),
  op("getOriginalMail", "read", 200, async (world) => ({
    path: `/messages/${(await mailed(world)).messageId}/original`,
  })),
  op("getMessageHtml", "read", 200, async (world) => ({
    path: `/messages/${(await mailed(world)).messageId}/html?images=0`,
  })),

  op("getRemoteImage", "caller", 200, async ({ app }) => ({
    path: (await app.core.remoteImages.sign("https://images.example/a.png")).slice(BASE_PATH),
  })),

  op("uploadAttachment", "caller", 201, () => {
    const body = new FormData();
    body.append("file", new File(["hello"], "hello.txt", { type: "text/plain" }));
    return { path: "/attachments", body };
  }),
  op("getAttachment", "read", 200, ({ mine }) => ({ path: `/attachments/${mine.attachmentId}` })),
  op("retryAttachment", "write", 200, async (world) => ({
    path: `/attachments/${await missingFile(world)}/retry`,
    method: "POST",
  })),

  op("listViews", "caller", 200, () => ({ path: "/views" })),
  op("createView", "contact_write", 201, () => ({
    path: "/views",
    json: { name: "Urgent", filter: URGENT, sort: "waiting", sharing: { kind: "everyone" } },
  })),
  op("getView", "caller", 200, async (world) => ({ path: `/views/${await sharedView(world)}` })),
  op("updateView", "manage", 200, async (world) => ({
    path: `/views/${await sharedView(world)}`,
    method: "PATCH",
    json: { name: "Very urgent", afterId: null },
  })),
  op("deleteView", "manage", 204, async (world) => ({
    path: `/views/${await sharedView(world)}`,
    method: "DELETE",
  })),

  op("search", "caller", 200, () => ({ path: "/search?q=help%20is:open&limit=5" })),
  op("listContacts", "caller", 200, () => ({ path: "/contacts?limit=1" })),
  op("getContact", "caller", 200, ({ mine }) => ({ path: `/contacts/${mine.contactId}` })),
  op("updateContact", "contact_write", 200, ({ mine }) => ({
    path: `/contacts/${mine.contactId}`,
    method: "PATCH",
    json: { name: "Ada Lovelace", company: "Studio Navigli", locale: "it" },
  })),
  op("createContact", "contact_write", 201, (world) => ({
    path: "/contacts",
    json: { name: "Grace", emails: [`${unique(world)}@customer.example`], ownerId: null },
  })),
  op("mergeContact", "contact_write", 200, async (world) => ({
    path: `/contacts/${await spareContact(world)}/merge`,
    json: { intoId: await spareContact(world), take: ["name"] },
  })),
  op("getTimeline", "caller", 200, ({ mine }) => ({
    path: `/contacts/${mine.contactId}/timeline?limit=5`,
  })),
  op("listContactNotes", "caller", 200, ({ mine }) => ({
    path: `/contacts/${mine.contactId}/notes`,
  })),
  op("createContactNote", "contact_write", 201, async (world) => ({
    path: `/contacts/${await spareContact(world)}/notes`,
    json: { text: "Rides a Corsa 3" },
  })),
  op("updateContactNote", "manage", 200, async (world) => ({
    path: await aNote(world),
    method: "PATCH",
    json: { text: "Rides a Strada" },
  })),
  op("deleteContactNote", "manage", 204, async (world) => ({
    path: await aNote(world),
    method: "DELETE",
  })),

  op("listSnippets", "caller", 200, () => ({ path: "/snippets" })),
  op("createSnippet", "contact_write", 201, (world) => ({
    path: "/snippets",
    json: {
      name: "Thanks",
      shortcut: unique(world),
      text: "Thank you, {{contact.firstName|there}}.",
      sharing: { kind: "everyone" },
    },
  })),
  op(
    "getSnippet",
    "caller",
    200,
    async (world) => ({ path: `/snippets/${await aSnippet(world)}` }),
  ),
  op("updateSnippet", "manage", 200, async (world) => ({
    path: `/snippets/${await aSnippet(world)}`,
    method: "PATCH",
    json: { folder: "Thanks" },
  })),
  op("deleteSnippet", "manage", 204, async (world) => ({
    path: `/snippets/${await aSnippet(world)}`,
    method: "DELETE",
  })),
  op("fillSnippet", "read", 200, async (world) => ({
    path: `/snippets/${await aSnippet(world)}/filled?conversationId=${world.mine.conversationId}`,
  })),
  op("useSnippet", "caller", 204, async (world) => ({
    path: `/snippets/${await aSnippet(world)}/use`,
    method: "POST",
  })),
  op("listMacros", "caller", 200, () => ({ path: "/macros" })),
  op("createMacro", "contact_write", 201, () => ({
    path: "/macros",
    json: {
      name: "Urgent",
      actions: [{ type: "priority", priority: "urgent" }, { type: "tags", add: ["vip"] }],
      sharing: { kind: "everyone" },
    },
  })),
  op("getMacro", "caller", 200, async (world) => ({ path: `/macros/${await aMacro(world)}` })),
  op("updateMacro", "manage", 200, async (world) => ({
    path: `/macros/${await aMacro(world)}`,
    method: "PATCH",
    json: { when: "reply" },
  })),
  op("deleteMacro", "manage", 204, async (world) => ({
    path: `/macros/${await aMacro(world)}`,
    method: "DELETE",
  })),
  op("previewMacro", "read", 200, async (world) => ({
    path: `/conversations/${world.mine.conversationId}/macros/${await aMacro(world)}`,
  })),
  op("runMacro", "write", 200, async (world) => ({
    path: `/conversations/${world.mine.conversationId}/macros/${await aMacro(world)}`,
    json: { undoSeconds: 0 },
  })),

  op("streamEvents", "caller", 200, () => ({ path: "/events" })),
];

function op(
  id: string,
  rights: Rights,
  status: number,
  call: Operation["call"],
): Operation {
  return { id, rights, status, call };
}

/** A name that was not used in this world. */
function unique({ app }: TestWorld): string {
  return app.ports.ids.next("unique").replace("_", ".");
}

async function signedIn({ app, owner }: TestWorld) {
  const credentials = { email: owner.email, password: PASSWORD, userAgent: "" };
  return valueOf(await app.core.access.signIn({ ...credentials, remoteAddress: "192.0.2.3" }));
}

async function spareTeam(world: TestWorld): Promise<string> {
  const { app } = world;
  return valueOf(await app.core.teams.create(app.root, { name: unique(world) })).id;
}

async function aTag(world: TestWorld): Promise<string> {
  const { tags } = world.app.core;
  return valueOf(await tags.create(world.app.root, { name: unique(world) })).id;
}

async function spareContact({ app }: TestWorld): Promise<string> {
  return valueOf(await app.core.contacts.create(app.root, { name: "Spare" })).id;
}

async function aNote(world: TestWorld): Promise<string> {
  const id = await spareContact(world);
  const note = valueOf(
    await world.app.core.contactNotes.add(world.app.root, id, { text: "Rides a Corsa 3" }),
  );
  return `/contacts/${id}/notes/${note.id}`;
}

async function spareUser(world: TestWorld): Promise<string> {
  const { app } = world;
  const email = `${unique(world)}@x.example`;
  const input = { name: "Spare", email, role: "agent" as const, password: PASSWORD };
  return valueOf(await app.core.access.createUser(app.root, input)).id;
}

async function mailed(world: TestWorld) {
  return await receiveMail(world.app, world.mine, MAIL(unique(world)));
}

async function spareApp({ app }: TestWorld): Promise<string> {
  return valueOf(await app.core.apps.create(app.root, GOOGLE)).id;
}

/** A view of everybody's which nobody owns; its id. */
async function sharedView({ app }: TestWorld): Promise<string> {
  const input = { name: "Urgent", filter: URGENT, sharing: { kind: "everyone" as const } };
  return valueOf(await app.core.views.create(app.root, input)).id;
}

/** Everybody's, made by nobody of the team. */
async function aSnippet(world: TestWorld): Promise<string> {
  const { core, root } = world.app;
  const input = { name: "Spare", shortcut: unique(world), text: "Hi {{contact.phone|there}}" };
  const sharing = { kind: "everyone" as const };
  return valueOf(await core.snippets.create(root, { ...input, sharing })).id;
}

async function aMacro({ app }: TestWorld): Promise<string> {
  const input = {
    name: "Note",
    actions: [
      { type: "comment" as const, text: "Seen by {{agent.name|a token}}" },
      { type: "snooze" as const, minutes: 60 },
    ],
    sharing: { kind: "everyone" as const },
  };
  return valueOf(await app.core.macros.create(app.root, input)).id;
}

/** A delivery that is no mail at all. */
async function failedDelivery(app: TestWorld["app"], { mailId }: TestInbox): Promise<string> {
  const journalId = await receiveMail(app, { mailId }, `${app.ports.ids.next("junk")} \0\x01`)
    .then((one) => one.journalId);
  await app.runJobs();
  return journalId;
}

/** A mailbox on a server that may not be reached. */
async function imapChannel({ core, root }: TestWorld["app"], { id }: TestInbox): Promise<string> {
  const inbound = {
    kind: "imap",
    host: "127.0.0.1",
    port: 9,
    security: "none",
    user: "mine",
    password: "open sesame",
  };
  const outbound = { kind: "smtp", host: "127.0.0.1", port: 25, security: "none" };
  const config = { address: "mine@parley.example", inbound, outbound };
  const input = { type: "email", inboxId: id, name: "Mine by IMAP", config };
  return valueOf(await core.channels.create(root, input)).id;
}

/** An import that stays as it is: no job works on it. */
async function anImport(
  app: TestWorld["app"],
  mine: TestInbox,
  state: "running" | "canceled" = "running",
): Promise<{ readonly id: string; readonly channelId: string }> {
  const id = app.ports.ids.next("imp");
  const channelId = await imapChannel(app, mine);
  await transact(app.core.store, (tx) => {
    tx.set(keys.import(id), {
      id,
      channelId,
      folder: "Archive",
      sinceAt: null,
      state,
      cursor: "",
      progress: { done: 2, total: 10 },
      taken: 2,
      failures: 0,
      error: null,
      createdAt: tx.now,
      endedAt: null,
    });
    return Promise.resolve();
  });
  return { id, channelId };
}

/** A reply whose mail server cannot be reached. */
async function failedReply(world: TestWorld): Promise<string> {
  const { app } = world;
  const { conversationId } = await mailed(world);
  const { id } = await postReply(app, conversationId, { undoSeconds: 0 });
  await app.runJobs();
  const message = valueOf(await app.core.messages.get(app.root, id));
  if (message.status !== "failed") throw new Error(`The reply is ${message.status}`);
  return id;
}

/** A file that could not be fetched; its id. */
async function missingFile(world: TestWorld): Promise<string> {
  const { core: { store } } = world.app;
  const { conversationId, messageId } = await mailed(world);
  const id = `${messageId.replace(/^msg_/, "att_")}_0`;
  const file = { id, name: "a.png", type: "image/png", size: 0 };
  await transact(store, async (tx) => {
    const ref = await tx.get(keys.messageRef(messageId));
    const at = keys.message(conversationId, ref?.seq ?? 0);
    const message = await tx.get(at);
    if (message === null) throw new Error("There is no message");
    const { channelId = "chn_gone" } = message;
    const attachments = [{ ...file, state: "missing" as const, problem: "expired" }];
    tx.set(at, { ...message, attachments });
    tx.set(keys.media(id), {
      ...{ attachmentId: id, messageId, channelId, ref: "x", name: "a.png", type: "image/png" },
      ...{ job: null, tries: 2 },
    });
  });
  return id;
}
