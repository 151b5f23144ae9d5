/** What is being written: text, files, and what stands in its way. One composer per conversation and kind. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiAttachment, ApiMessage, ApiTemplate } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";
import type { DraftKind, Drafts } from "./drafts.ts";
import type { AddressLine, Recipients } from "./recipients.ts";

export interface ComposerFile {
  /** Unique in this tab. */
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** 0–100. */
  readonly percent: number;
  /** Set when it has arrived. */
  readonly attachment: ApiAttachment | null;
  /** In words, when it did not. */
  readonly error: string | null;
}

/** Somebody wrote meanwhile: nothing was sent. */
export interface GuardNews {
  readonly version: number;
  readonly messages: readonly ApiMessage[];
}

/** A template that was chosen, and what was filled in. */
export interface ComposerTemplate {
  readonly template: ApiTemplate;
  /** One for each of its places. */
  readonly values: readonly string[];
}

export interface ComposerState {
  readonly text: string;
  readonly files: readonly ComposerFile[];
  readonly guard: GuardNews | null;
  /** Conversation version its author saw; null until they write. */
  readonly baseVersion: number | null;
  /** Whom a letter goes to; null: everybody on the thread. */
  readonly recipients: Recipients | null;
  /** Whether a letter quotes the earlier mails; null: as its channel does. */
  readonly history: boolean | null;
  /** Address lines with text that is no address yet. */
  readonly unfinished: readonly AddressLine[];
  /** Titles of the answers that go along, as they are typed. */
  readonly quickReplies: readonly string[];
  /** What is sent in place of the text when the reply window is over. */
  readonly template: ComposerTemplate | null;
  /** The id of a try nobody knows the end of, with what it said. */
  readonly lastTry: { readonly id: string; readonly body: string } | null;
}

const EMPTY: ComposerState = {
  text: "",
  files: [],
  guard: null,
  baseVersion: null,
  recipients: null,
  history: null,
  unfinished: [],
  quickReplies: [],
  template: null,
  lastTry: null,
};

export interface ComposerStoreOptions {
  readonly api: Pick<Api, "upload">;
  readonly drafts: Drafts;
}

export class ComposerStore {
  readonly #options: ComposerStoreOptions;
  readonly #states = signal<ReadonlyMap<string, ComposerState>>(new Map());
  readonly #uploads = new Map<number, AbortController>();
  readonly #drafted;
  #lastKey = 0;

  /** Ids of conversations with something unsent. */
  readonly drafted: ReadonlySignal<ReadonlySet<string>>;

  constructor(options: ComposerStoreOptions) {
    this.#options = options;
    this.#drafted = signal<ReadonlySet<string>>(new Set());
    this.drafted = computed(() => this.#drafted.value);
  }

  /** Reads what was kept, once the browser is there. */
  restoreDrafts(): void {
    this.#drafted.value = this.#options.drafts.conversationIds();
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(conversationId: string, kind: DraftKind): ComposerState {
    return this.#states.value.get(keyOf(conversationId, kind)) ?? EMPTY;
  }

  /** What is unsent here, the reply first; "" when nothing is. Not subscribed to: rows redraw when `drafted` changes. */
  draftOf(conversationId: string): string {
    const { drafts } = this.#options;
    return drafts.read(conversationId, "reply") || drafts.read(conversationId, "comment");
  }

  /** Brings back a kept draft when the composer is shown. */
  open(conversationId: string, kind: DraftKind): void {
    if (this.#states.peek().has(keyOf(conversationId, kind))) return;
    const text = this.#options.drafts.read(conversationId, kind);
    if (text !== "") this.#set(conversationId, kind, { text });
  }

  /** @param version of the conversation as its author sees it now. */
  write(conversationId: string, kind: DraftKind, text: string, version: number): void {
    const before = this.#peek(conversationId, kind);
    this.#set(conversationId, kind, {
      text,
      baseVersion: text.trim() === "" ? null : before.baseVersion ?? version,
    });
    this.#options.drafts.write(conversationId, kind, text);
    this.#drafted.value = this.#options.drafts.conversationIds();
  }

  /** The author has seen the conversation up to this version while writing. */
  see(conversationId: string, version: number): void {
    for (const kind of ["reply", "comment"] as const) {
      const { baseVersion } = this.#peek(conversationId, kind);
      if (baseVersion !== null && baseVersion < version) {
        this.#set(conversationId, kind, { baseVersion: version });
      }
    }
  }

  guard(conversationId: string, kind: DraftKind, guard: GuardNews | null): void {
    this.#set(conversationId, kind, { guard });
  }

  /** "Read first": the news are seen, the next send stands on them. */
  acceptNews(conversationId: string, kind: DraftKind): void {
    const { guard } = this.#peek(conversationId, kind);
    if (guard !== null) {
      this.#set(conversationId, kind, { guard: null, baseVersion: guard.version });
    }
  }

  /** @param recipients null: everybody on the thread. */
  address(conversationId: string, recipients: Recipients | null): void {
    this.#set(conversationId, "reply", { recipients });
  }

  quoteHistory(conversationId: string, history: boolean): void {
    this.#set(conversationId, "reply", { history });
  }

  /** @param titles as they are typed; empty ones are left out when it is sent */
  offer(conversationId: string, titles: readonly string[]): void {
    this.#set(conversationId, "reply", { quickReplies: titles });
  }

  /** @param version of the conversation as its author sees it now */
  chooseTemplate(conversationId: string, template: ComposerTemplate | null, version: number): void {
    const { baseVersion } = this.#peek(conversationId, "reply");
    this.#set(conversationId, "reply", { template, baseVersion: baseVersion ?? version });
  }

  finishAddress(conversationId: string, line: AddressLine, isFinished: boolean): void {
    const { unfinished } = this.#peek(conversationId, "reply");
    if (unfinished.includes(line) !== isFinished) return;
    this.#set(conversationId, "reply", {
      unfinished: isFinished ? unfinished.filter((one) => one !== line) : [...unfinished, line],
    });
  }

  /** Takes everything out to be sent. */
  take(conversationId: string, kind: DraftKind): ComposerState {
    const state = this.#peek(conversationId, kind);
    batch(() => {
      this.write(conversationId, kind, "", 0);
      this.#set(conversationId, kind, EMPTY);
    });
    return state;
  }

  /** Puts back what was not sent; what was written meanwhile stays below it. */
  putBack(
    conversationId: string,
    kind: DraftKind,
    state: ComposerState,
    change: Partial<ComposerState> = {},
  ): void {
    const now = this.#peek(conversationId, kind);
    const text = now.text.trim() === "" ? state.text : `${state.text}\n\n${now.text}`;
    batch(() => {
      this.write(conversationId, kind, text, state.baseVersion ?? 0);
      this.#set(conversationId, kind, {
        files: [...state.files, ...now.files],
        baseVersion: state.baseVersion,
        recipients: state.recipients,
        history: state.history,
        quickReplies: state.quickReplies,
        template: state.template,
        ...change,
      });
    });
  }

  /** Begins to upload files; the message can be sent when all have arrived. */
  async addFiles(conversationId: string, kind: DraftKind, files: readonly File[]): Promise<void> {
    await Promise.all(files.map((file) => this.#upload(conversationId, kind, file)));
  }

  removeFile(conversationId: string, kind: DraftKind, key: number): void {
    this.#uploads.get(key)?.abort();
    const { files } = this.#peek(conversationId, kind);
    this.#set(conversationId, kind, { files: files.filter((file) => file.key !== key) });
  }

  /** Says why a file was not even begun. */
  refuseFile(conversationId: string, kind: DraftKind, file: File, error: string): void {
    this.#addFile(conversationId, kind, file, error);
  }

  async #upload(conversationId: string, kind: DraftKind, file: File): Promise<void> {
    const key = this.#addFile(conversationId, kind, file, null);
    const ending = new AbortController();
    this.#uploads.set(key, ending);
    const answer = await this.#options.api.upload(file, {
      signal: ending.signal,
      onProgress: (percent) => this.#changeFile(conversationId, kind, key, { percent }),
    });
    this.#uploads.delete(key);
    this.#changeFile(
      conversationId,
      kind,
      key,
      answer.ok
        ? { percent: 100, attachment: answer.value }
        : { error: answer.error.code === "refused" ? answer.error.detail : "Not uploaded" },
    );
  }

  #addFile(conversationId: string, kind: DraftKind, file: File, error: string | null): number {
    const key = ++this.#lastKey;
    const { files } = this.#peek(conversationId, kind);
    const { name, size, type } = file;
    this.#set(conversationId, kind, {
      files: [...files, { key, name, size, type, percent: 0, attachment: null, error }],
    });
    return key;
  }

  /** A file that was taken away meanwhile stays away. */
  #changeFile(
    conversationId: string,
    kind: DraftKind,
    key: number,
    change: Partial<ComposerFile>,
  ): void {
    const { files } = this.#peek(conversationId, kind);
    this.#set(conversationId, kind, {
      files: files.map((file) => file.key === key ? { ...file, ...change } : file),
    });
  }

  #peek(conversationId: string, kind: DraftKind): ComposerState {
    return this.#states.peek().get(keyOf(conversationId, kind)) ?? EMPTY;
  }

  #set(conversationId: string, kind: DraftKind, change: Partial<ComposerState>): void {
    const state = { ...this.#peek(conversationId, kind), ...change };
    this.#states.value = new Map(this.#states.peek()).set(keyOf(conversationId, kind), state);
  }
}

function keyOf(conversationId: string, kind: DraftKind): string {
  return `${kind} ${conversationId}`;
}
