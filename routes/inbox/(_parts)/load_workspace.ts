import { HttpError } from "fresh";
import type { Capabilities, ChannelType, ChannelWithSecrets, ConversationRow } from "@/core/mod.ts";
import {
  beginningOf,
  can,
  type ConversationPage,
  type CoreError,
  err,
  invalid,
  peopleSeenBy,
  type Result,
} from "@/core/mod.ts";
import { ViewFilterParam } from "@/core/model/api_views.ts";
import type { ViewFilter } from "@/core/model/view_filter.ts";
import { savedView } from "../../(_shared)/saved_view.ts";
import type { ApiContact, ApiConversation } from "@/core/model/api.ts";
import type { Team } from "@/core/model/team.ts";
import type {
  ChannelSummary,
  ChannelTraits,
  Teammate,
  TeamSummary,
  ThreadData,
  WorkspaceData,
} from "@/islands/(_client)/workspace/workspace_data.ts";
import type { WorkspaceRoute } from "@/islands/(_client)/workspace/workspace_route.ts";
import type { State } from "../../(_shared)/define.ts";
import { draftLineView, draftsView } from "../../(_shared)/draft_views.ts";
import {
  contactView,
  conversationView,
  inboxView,
  messageView,
  replyDefaultsView,
  userView,
} from "../../(_shared)/views.ts";
import {
  settingsPlaces,
  userOf,
  type UserPrincipal,
} from "../../settings/(_parts)/settings_frame.ts";
import { readPreferences } from "../../(_shared)/read_preferences.ts";

/** What a form post without script leaves for the page it is shown on again. */
export interface FailedPost {
  readonly problem: string;
  readonly text: string;
  readonly recipients: WorkspaceData["compose"]["recipients"];
}

export interface LoadOptions {
  readonly route: WorkspaceRoute;
  readonly url: URL;
  readonly req: Request;
  readonly failed: FailedPost | null;
}

const PAGE = 50;
const PAST = 20;

/** Reads everything the first screen shows. @throws HttpError 404 for an inbox the reader may not see. */
export async function loadWorkspace(state: State, options: LoadOptions): Promise<WorkspaceData> {
  const { core } = state;
  const { route, url } = options;
  const principal = userOf(state);
  // Before anything is read: what changes meanwhile comes again with the stream.
  const cursor = core.events.version;
  const [workspace, inboxes, teams, tags, users, channels, counts, views, list, drafts, thread] =
    await Promise
      .all([
        core.access.workspace(),
        core.inboxes.list(principal),
        core.access.inboxCache.teams(),
        core.tags.all(),
        core.access.users(principal),
        core.channels.list(principal),
        core.conversations.counts(principal),
        core.views.list(principal),
        listOfRoute(state, principal, options),
        loadDrafts(state, principal, route.conversationId),
        route.conversationId === null
          ? null
          : loadThread(state, principal, route.conversationId, url.searchParams.get("before")),
      ]);
  const ownInboxes = inboxes.ok ? inboxes.value.map(inboxView) : [];
  if (route.scope !== "all" && !ownInboxes.some(({ id }) => id === route.scope)) {
    throw new HttpError(404);
  }
  if (!list.ok) {
    if (list.error.code === "not_found") throw new HttpError(404);
    throw new HttpError(400, "This list has no such page");
  }
  const { sign } = core.attachments;
  const people = await Promise.all(
    (users.ok ? users.value : []).map((user) => userView(user, sign, teams)),
  );
  const conversation = thread?.conversation;
  const kind = url.searchParams.get("compose") === "comment" ? "comment" : "reply";
  const types = core.channels.types();
  return {
    now: state.t0,
    me: await userView(principal.user, sign, teams),
    canWrite: principal.user.role !== "viewer" &&
      (conversation === undefined ||
        can(principal, "conversation.write", { inboxId: conversation.inboxId })),
    workspaceName: workspace.name,
    inboxes: ownInboxes,
    people: people.map(teammate),
    teams: teams.map(teamSummary),
    tags: tags.map(({ name, hue }) => ({ name, hue })),
    channels: channels.ok ? channels.value.map((one) => channelSummary(one, types)) : [],
    traits: Object.fromEntries(
      types.map(({ type, title, capabilities }) => [
        type,
        traitsOf(title, capabilities),
      ]),
    ),
    counts,
    views: views.map((view) => savedView(view, principal)),
    cursor,
    route,
    list: { items: list.value.items.map(conversationView), next: list.value.next },
    thread,
    isThreadMissing: route.conversationId !== null && thread === null,
    compose: {
      kind,
      text: options.failed?.text ?? "",
      messageId: core.ports.random.bytes(16).toHex(),
      recipients: options.failed?.recipients ?? null,
    },
    drafts,
    presence: loadPresence(state, principal),
    problem: options.failed?.problem ?? null,
    settingsPlaces: settingsPlaces(principal),
    shownImages: url.searchParams.getAll("images"),
    ...readPreferences(options.req),
  };
}

/** The page of the list that the address names. Errors: not_found for a saved view, invalid. */
async function listOfRoute(
  { core }: State,
  principal: UserPrincipal,
  { route, url }: Pick<LoadOptions, "route" | "url">,
): Promise<Result<ConversationPage, CoreError>> {
  const { scope, view, sort, lane, channelId, channelType, only } = route;
  const filter = view === "filter" ? parseFilter(route.filter) : undefined;
  if (filter === null) return err(invalid("filter", "is no filter"));
  return await core.conversations.list(principal, {
    ...view === "filter" ? { filter } : { view },
    ...{ sort, lane, channelId, channelType, limit: PAGE },
    ...scope === "all" ? {} : { inboxId: scope },
    ...only === "mine" ? { assigneeId: "me" } : only === "unread" ? { unread: true } : {},
    cursor: url.searchParams.get("cursor") ?? undefined,
  });
}

/** @returns null for what is none. */
function parseFilter(text = ""): ViewFilter | null {
  return ViewFilterParam.safeParse(text).data ?? null;
}

/** @param before `seq` of the first message of the page after it, as the page's link says. */
async function loadThread(
  { core }: State,
  principal: UserPrincipal,
  id: string,
  before: string | null,
): Promise<ThreadData | null> {
  const found = await core.conversations.get(principal, id);
  if (!found.ok) return null;
  const [messages, contact, past, hidden, reply] = await Promise.all([
    core.messages.list(principal, id, {
      limit: PAGE,
      before: before !== null && /^\d{1,9}$/.test(before) ? before : undefined,
    }),
    core.contacts.get(principal, found.value.contactId),
    core.conversations.list(principal, { contactId: found.value.contactId, limit: PAST }),
    core.conversations.hiddenOfContact(principal, found.value.contactId),
    core.messages.replyDefaults(principal, id),
  ]);
  if (!messages.ok) return null;
  const { sign } = core.attachments;
  return {
    conversation: conversationView(found.value),
    messages: {
      items: await Promise.all(messages.value.items.map((message) => messageView(message, sign))),
      next: messages.value.next,
    },
    contact: contact.ok ? contactView(contact.value) satisfies ApiContact : null,
    past: past.ok ? othersOf(past.value.items, id) : [],
    hidden,
    reply: reply.ok ? replyDefaultsView(reply.value) : null,
  };
}

async function loadDrafts(
  { core }: State,
  principal: UserPrincipal,
  conversationId: string | null,
): Promise<WorkspaceData["drafts"]> {
  const [lines, open] = await Promise.all([
    core.drafts.lines(principal),
    conversationId === null ? null : core.drafts.of(principal, conversationId),
  ]);
  return {
    lines: lines.map(draftLineView),
    open: open?.ok ? await draftsView(open.value, core.attachments.sign) : null,
  };
}

function loadPresence(
  { core: { desk: { attendance }, live } }: State,
  principal: UserPrincipal,
): WorkspaceData["presence"] {
  return [...attendance.conversationIds()].map((conversationId) => ({
    conversationId,
    people: [...peopleSeenBy(principal, conversationId, { attendance, live })],
  })).filter(({ people }) => people.length > 0);
}

function othersOf(rows: readonly ConversationRow[], id: string): readonly ApiConversation[] {
  return rows.filter((row) => row.id !== id).map(conversationView);
}

function teammate({ id, name, avatarUrl, availability, role, active }: Teammate): Teammate {
  return { id, name, avatarUrl, availability, role, active };
}

function teamSummary({ id, name, memberIds }: Team): TeamSummary {
  return { id, name, memberIds: [...memberIds] };
}

function channelSummary(
  { id, type, name, inboxId, status, capabilities }: ChannelWithSecrets,
  types: readonly ChannelType[],
): ChannelSummary {
  const kind = types.find((one) => one.type === type);
  const differs = kind !== undefined && capabilities !== null && capabilities !== kind.capabilities;
  return {
    id,
    type,
    name,
    inboxId,
    status,
    beginning: kind === undefined || capabilities === null
      ? "never"
      : beginningOf({ status, capabilities, hasForm: kind.hasForm }),
    ...(differs && { traits: traitsOf(kind.title, capabilities) }),
  };
}

function traitsOf(title: string, capabilities: Capabilities): ChannelTraits {
  const { text, media, quickReplies, email, typing, undoSeconds } = capabilities;
  return {
    title,
    isMail: email,
    text: { max: text.max, unit: text.unit, split: text.split },
    isRich: text.dialect === "html",
    maxFiles: media.maxCount,
    maxFileBytes: media.maxBytes,
    fileTypes: media.types,
    quickReplies,
    hasTyping: typing,
    undoSeconds,
  };
}
