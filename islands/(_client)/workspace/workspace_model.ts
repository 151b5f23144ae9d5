/** Everything the workspace knows and can do, put together once per page. Runs on the server too, for the first screen. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiAttachment, ApiConversation, ApiFollowers } from "../../../core/model/api.ts";
import type { TimeContext } from "../../(_components)/format_time.ts";
import type { Api } from "./api.ts";
import { ComposerStore } from "./composer_store.ts";
import { Attendant } from "./attendant.ts";
import { ConversationStore } from "./conversation_store.ts";
import { DraftSync } from "./draft_sync.ts";
import type { DraftKind, Drafts } from "./drafts.ts";
import type { RichText } from "./editor/RichText.tsx";
import type { LinkState } from "./event_link.ts";
import { Navigation } from "./navigation.ts";
import type { ForwardDraft, StartDraft } from "./outside/letter_draft.ts";
import { PresenceStore } from "./presence_store.ts";
import { ReplyStore } from "./reply_store.ts";
import { Selection } from "./selection.ts";
import { SnippetStore } from "./snippets/snippet_store.ts";
import { type LoadedThread, ThreadStore } from "./thread_store.ts";
import { TemplateStore } from "./template_store.ts";
import { ToastStore } from "./toast_store.ts";
import type { WaitingStore } from "../replies/waiting_store.ts";
import { TypingStore } from "./typing_store.ts";
import { ViewStore } from "./view_store.ts";
import type { ChannelTraits, TagSummary, WorkspaceData } from "./workspace_data.ts";
import type { Writing } from "./writing.ts";

/** What is chosen for the targets in a menu with words. */
export type PickerKind = "assign" | "snooze" | "tag" | "priority" | "move";

export interface ModelPorts {
  readonly api: Api;
  readonly drafts: Drafts;
  now(): number;
  /** @returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** A fresh id of 8–64 letters and digits. */
  newId(): string;
}

export class WorkspaceModel {
  readonly data: WorkspaceData;
  readonly ports: ModelPorts;
  readonly navigation: Navigation;
  readonly conversations: ConversationStore;
  readonly views: ViewStore;
  /** Ids of the conversations that were picked in the list. */
  readonly selection: Selection;
  readonly threads: ThreadStore;
  readonly composers: ComposerStore;
  readonly replies: ReplyStore;
  readonly templates: TemplateStore;
  readonly snippets: SnippetStore;
  readonly toasts: ToastStore;
  readonly typing: TypingStore;
  readonly drafts: DraftSync;
  readonly presence: PresenceStore;
  readonly attendant: Attendant;

  /** What "today" means, and where. */
  readonly clock = signal<TimeContext>({ now: 0, timeZone: "UTC" });
  readonly link = signal<LinkState>({ kind: "connecting" });
  /** What the browser says of its network; a stream may take minutes to notice. */
  readonly hasNetwork = signal(true);
  readonly tags = signal<readonly TagSummary[]>([]);
  /** What waits for a connection; null until the browser has looked, and where it keeps nothing. */
  readonly waiting = signal<WaitingStore | null>(null);
  /** Said politely by screen readers. */
  readonly announcement = signal("");
  readonly composeKind = signal<DraftKind>("reply");
  readonly isSideClosed = signal(false);
  readonly isSheetOpen = signal(false);
  /** The filter of the list is being changed. */
  readonly isFilterOpen = signal(false);
  /** The command bar is open: on its first page, or on what the command of this id asks. */
  readonly bar = signal<{ readonly asked: string | null } | null>(null);
  /** Picked conversations are let be: actions are about the one that is open or under the cursor. */
  readonly isOneTarget = signal(false);
  /** How far a change of more than one call takes has come; null when none is under way. */
  readonly bulkProgress = signal<{ readonly done: number; readonly total: number } | null>(null);
  /** The menu that is open over the targets: whom to assign to, until when to put off, … */
  readonly picker = signal<PickerKind | null>(null);
  /** It is being chosen what the open conversation is merged into. */
  readonly isMergeOpen = signal(false);
  /** It is being chosen what is done to the targets in one step. */
  readonly isMacroMenuOpen = signal(false);
  /** By conversation, who follows it: of those that were asked for. */
  readonly followers = signal<ReadonlyMap<string, ApiFollowers>>(new Map());
  /** What is being told somebody outside. */
  readonly forwarding = signal<ForwardDraft | null>(null);
  /** The conversation that is being begun. */
  readonly starting = signal<StartDraft | null>(null);
  /** The picture that is looked at. */
  readonly preview = signal<ApiAttachment | null>(null);
  /** Where j and k are in the list; `moves` counts up so that the same row is focused again. */
  readonly cursor = signal<
    { readonly id: string | null; readonly index: number; readonly moves: number }
  >({
    id: null,
    index: 0,
    moves: 0,
  });
  /** What of the open conversation's contact is being edited, such as "name" or "email:new". */
  readonly contactField = signal<string | null>(null);
  /** Counts up when the composer should take the keyboard. */
  readonly composerFocus = signal(0);
  /** Where the keyboard writes in the composer; null while there is none. */
  readonly writing = signal<Writing | null>(null);
  /** The rich editor, once somebody began to write where it is used; until then a text field does. */
  readonly editor = signal<typeof RichText | null>(null);
  /** Counts up when snippets should be shown where somebody writes. */
  readonly snippetAsked = signal(0);
  /** Counts up when the thread should go to its latest message. */
  readonly jumpToLatest = signal(0);
  /** Messages whose remote images are shown. */
  readonly shownImages = signal<ReadonlySet<string>>(new Set());

  /** Messages on screen with remote images that are held back. */
  readonly heldImages = signal<ReadonlySet<string>>(new Set());

  /** The open conversation, with what was changed here laid over. */
  readonly current: ReadonlySignal<ApiConversation | null>;
  readonly currentThread: ReadonlySignal<LoadedThread | null>;
  /** What an action is about: the picked ones in the list's order, else the open one, else the one under the cursor. */
  readonly targets: ReadonlySignal<readonly ApiConversation[]>;

  constructor(data: WorkspaceData, ports: ModelPorts) {
    this.data = data;
    this.ports = ports;
    this.clock.value = { now: data.now, timeZone: data.timeZone };
    this.tags.value = data.tags;
    this.isSideClosed.value = data.isSideClosed;
    this.composeKind.value = data.compose.kind;
    this.shownImages.value = new Set(data.shownImages);
    this.navigation = new Navigation(data.route);
    this.views = new ViewStore(ports.api, data.views);
    this.conversations = new ConversationStore({
      api: ports.api,
      rules: {
        me: data.me.id,
        now: () => this.clock.peek().now,
        savedFilter: (id) => this.views.get(id)?.filter ?? null,
      },
      name: data.route,
      page: data.list,
      counts: data.counts,
    });
    this.threads = new ThreadStore({
      api: ports.api,
      me: data.me.id,
      first: data.thread,
      onConversations: (conversations) => this.conversations.know(conversations),
    });
    if (data.thread !== null) {
      this.conversations.know([data.thread.conversation, ...data.thread.past]);
    }
    this.composers = new ComposerStore({ api: ports.api, drafts: ports.drafts });
    this.replies = new ReplyStore(ports.api);
    if (data.thread?.reply) {
      const { conversation, reply } = data.thread;
      this.replies.know(conversation.id, conversation.version, reply);
    }
    this.templates = new TemplateStore(ports.api);
    this.snippets = new SnippetStore(ports.api);
    this.toasts = new ToastStore(ports);
    this.typing = new TypingStore(ports);
    this.presence = new PresenceStore();
    for (const here of data.presence) this.presence.take(here);
    const { api, now, after, newId } = ports;
    const tab = newId();
    this.attendant = new Attendant({
      ...{ api, tab, now, after },
      onPeople: (here) => this.presence.take(here),
    });
    const { composers } = this;
    this.drafts = new DraftSync({
      ...{ api, tab, now, after, newId, composers },
      kept: ports.drafts,
    });
    composers.knowLines(data.drafts.lines);
    if (data.thread !== null && data.drafts.open !== null) {
      this.drafts.know(data.thread.conversation.id, data.drafts.open);
    }
    this.#restoreFormPost();
    this.current = computed(() => {
      const { conversationId } = this.navigation.route.value;
      return conversationId === null ? null : this.conversations.get(conversationId) ?? null;
    });
    this.currentThread = computed(() => {
      const { conversationId } = this.navigation.route.value;
      return conversationId === null ? null : this.threads.get(conversationId) ?? null;
    });
    this.selection = new Selection();
    this.targets = computed(() => {
      const { ids } = this.conversations.list.value;
      const picked = this.selection.inOrder(ids);
      const named = [this.navigation.route.value.conversationId ?? this.cursor.value.id];
      return (picked.length > 0 && !this.isOneTarget.value ? picked : named)
        .map((id) => id === null ? undefined : this.conversations.get(id))
        .filter((one) => one !== undefined);
    });
  }

  /** The hue of a tag's dot; undefined for one that is no record yet. Subscribes a component. */
  hueOfTag(name: string): number | undefined {
    return this.tags.value.find((tag) => tag.name === name)?.hue;
  }

  /** A mail on screen says whether it has images to show. */
  holdImages(messageId: string, areHeld: boolean): void {
    const held = this.heldImages.peek();
    if (held.has(messageId) === areHeld) return;
    const others = [...held].filter((id) => id !== messageId);
    this.heldImages.value = new Set(areHeld ? [...others, messageId] : others);
  }

  /** What a conversation's channel can do; a kind nobody knows writes plain chat. */
  traitsOf(
    { channelId, channelType }: Pick<ApiConversation, "channelId" | "channelType">,
  ): ChannelTraits {
    return this.data.channels.find(({ id }) => id === channelId)?.traits ??
      this.data.traits[channelType] ?? PLAIN;
  }

  /** What a form post without script could not send is still in the composer. */
  #restoreFormPost(): void {
    const { compose, thread } = this.data;
    if (thread === null || compose.text === "") return;
    const { id, version } = thread.conversation;
    this.composers.write(id, compose.kind, compose.text, version);
  }
}

const PLAIN: ChannelTraits = {
  title: "Channel",
  isMail: false,
  text: { max: 10_000, unit: "utf16", split: false },
  isRich: false,
  maxFiles: 0,
  maxFileBytes: 0,
  fileTypes: [],
  quickReplies: null,
  hasTyping: false,
  undoSeconds: 0,
};
