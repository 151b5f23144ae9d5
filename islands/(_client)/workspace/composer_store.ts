/** What is being written: text, files, and what stands in its way. One composer per conversation and kind. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiAttachment } from "../../../core/model/api.ts";
import type { Api } from "./api.ts";
import {
  type ComposerFile,
  type ComposerMention,
  type ComposerState,
  type ComposerTemplate,
  EMPTY,
  type GuardNews,
  joinedHtml,
} from "./composer_state.ts";
import type { RestoredDraft } from "./draft_content.ts";
import type { DraftKind, Drafts } from "./drafts.ts";
import type { AddressLine, Recipients } from "./recipients.ts";

const ARRIVED = { percent: 100, error: null, canRetry: false, localUrl: null } as const;

export interface ComposerStoreOptions {
  readonly api: Pick<Api, "upload">;
  readonly drafts: Drafts;
}

export class ComposerStore {
  readonly #options: ComposerStoreOptions;
  readonly #states = signal<ReadonlyMap<string, ComposerState>>(new Map());
  readonly #uploads = new Map<number, AbortController>();
  /** What is on its way or may be tried again. */
  readonly #sources = new Map<number, File>();
  readonly #kept = signal<ReadonlySet<string>>(new Set());
  /** First words of drafts on the server, by composer. */
  readonly #lines = signal<ReadonlyMap<string, string>>(new Map());
  #lastKey = 0;

  /** Ids of conversations with something unsent. */
  readonly drafted: ReadonlySignal<ReadonlySet<string>>;

  constructor(options: ComposerStoreOptions) {
    this.#options = options;
    this.drafted = computed(() => {
      const onServer = [...this.#lines.value.keys()].map((key) => key.slice(key.indexOf(" ") + 1));
      return new Set([...this.#kept.value, ...onServer]);
    });
  }

  /** All composers that were opened or written in, by kind and conversation. */
  get states(): ReadonlySignal<ReadonlyMap<string, ComposerState>> {
    return this.#states;
  }

  /** Reads what was kept in this browser. */
  restoreDrafts(): void {
    const kept = this.#options.drafts.conversationIds();
    if (kept.symmetricDifference(this.#kept.peek()).size > 0) this.#kept.value = kept;
  }

  /** The server has a draft that begins so; "" for none. */
  knowLine(conversationId: string, kind: DraftKind, line: string): void {
    const key = keyOf(conversationId, kind);
    if ((this.#lines.peek().get(key) ?? "") === line.trim()) return;
    const lines = new Map(this.#lines.peek());
    if (line.trim() === "") lines.delete(key);
    else lines.set(key, line.trim());
    this.#lines.value = lines;
  }

  /** All drafts there are on the server. */
  knowLines(
    lines: readonly {
      readonly conversationId: string;
      readonly kind: DraftKind;
      readonly text: string;
    }[],
  ): void {
    this.#lines.value = new Map(
      lines.map(({ conversationId, kind, text }) => [keyOf(conversationId, kind), text]),
    );
  }

  /** Takes over a draft as it was written elsewhere. */
  takeDraft(conversationId: string, kind: DraftKind, draft: RestoredDraft): void {
    this.#set(conversationId, kind, { ...draft, unfinished: [] });
  }

  /** For a file of this tab. */
  nextKey(): number {
    return ++this.#lastKey;
  }

  /** Subscribes the caller, when that is a component or a computed signal. */
  get(conversationId: string, kind: DraftKind): ComposerState {
    return this.#states.value.get(keyOf(conversationId, kind)) ?? EMPTY;
  }

  /** What is unsent here, the reply first; "" when nothing is. What is typed now shows once it is saved. */
  draftOf(conversationId: string): string {
    const { drafts } = this.#options;
    const lineOf = (kind: DraftKind) =>
      drafts.read(conversationId, kind)?.text || this.#lines.value.get(keyOf(conversationId, kind));
    return lineOf("reply") || lineOf("comment") || "";
  }

  /** Brings back a kept draft when the composer is shown. */
  open(conversationId: string, kind: DraftKind): void {
    if (this.#states.peek().has(keyOf(conversationId, kind))) return;
    const kept = this.#options.drafts.read(conversationId, kind);
    if (kept !== null) this.#set(conversationId, kind, kept);
  }

  /**
   * @param version of the conversation as its author sees it now.
   * @param html null when the text says all of it
   */
  write(
    conversationId: string,
    kind: DraftKind,
    text: string,
    version: number,
    html: string | null = null,
  ): void {
    const before = this.#peek(conversationId, kind);
    this.#set(conversationId, kind, {
      text,
      html,
      baseVersion: text.trim() === "" ? null : before.baseVersion ?? version,
    });
    this.#options.drafts.write(conversationId, kind, text, html);
    this.restoreDrafts();
  }

  /** A comment calls somebody. */
  mention(conversationId: string, mention: ComposerMention): void {
    const { mentions } = this.#peek(conversationId, "comment");
    const others = mentions.filter(({ type, id }) => type !== mention.type || id !== mention.id);
    this.#set(conversationId, "comment", { mentions: [...others, mention] });
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
    const isEmpty = now.text.trim() === "" && now.html === null;
    const text = isEmpty ? state.text : `${state.text}\n\n${now.text}`;
    const html = isEmpty ? state.html : joinedHtml(state, now);
    batch(() => {
      this.write(conversationId, kind, text, state.baseVersion ?? 0, html);
      this.#set(conversationId, kind, {
        files: [...state.files, ...now.files],
        mentions: [...state.mentions, ...now.mentions],
        baseVersion: state.baseVersion,
        recipients: state.recipients,
        history: state.history,
        quickReplies: state.quickReplies,
        template: state.template,
        ...change,
      });
    });
  }

  /**
   * Begins to upload files; the message can be sent when all have arrived.
   * @param isInline they are pictures that will stand among the words
   * @returns their keys
   */
  addFiles(
    conversationId: string,
    kind: DraftKind,
    files: readonly File[],
    isInline = false,
  ): readonly number[] {
    return files.map((file) => {
      const key = this.#addFile(conversationId, kind, file, { isInline });
      void this.#upload(conversationId, kind, key, file);
      return key;
    });
  }

  /** Files of a message that was taken back, as if they had just arrived. */
  adoptFiles(attachments: readonly ApiAttachment[]): readonly ComposerFile[] {
    return attachments.map((attachment) => {
      const { name, size, type, contentId } = attachment;
      const key = ++this.#lastKey;
      const isInline = contentId !== undefined;
      return { ...ARRIVED, key, name, size, type, attachment, isInline };
    });
  }

  /** Puts back a reply that was taken back in the thread; what is being written stays below it. */
  restore(
    conversationId: string,
    words: Pick<ComposerState, "text" | "html" | "files">,
    version: number,
  ): void {
    this.putBack(conversationId, "reply", { ...EMPTY, ...words, baseVersion: version });
  }

  /** Begins anew with a file that was lost on its way. */
  retryFile(conversationId: string, kind: DraftKind, key: number): void {
    const file = this.#sources.get(key);
    if (file === undefined) return;
    this.#changeFile(conversationId, kind, key, { percent: 0, error: null, canRetry: false });
    void this.#upload(conversationId, kind, key, file);
  }

  removeFile(conversationId: string, kind: DraftKind, key: number): void {
    this.#uploads.get(key)?.abort();
    const { files } = this.#peek(conversationId, kind);
    this.#forget(files.find((file) => file.key === key));
    this.#set(conversationId, kind, { files: files.filter((file) => file.key !== key) });
  }

  /** Says why a file was not even begun. */
  refuseFile(conversationId: string, kind: DraftKind, file: File, error: string): void {
    this.#addFile(conversationId, kind, file, { error });
  }

  async #upload(
    conversationId: string,
    kind: DraftKind,
    key: number,
    file: File,
  ): Promise<void> {
    const ending = new AbortController();
    this.#uploads.set(key, ending);
    this.#sources.set(key, file);
    const answer = await this.#options.api.upload(file, {
      signal: ending.signal,
      onProgress: (percent) => this.#changeFile(conversationId, kind, key, { percent }),
    });
    this.#uploads.delete(key);
    if (answer.ok) {
      this.#forget(this.#peek(conversationId, kind).files.find((one) => one.key === key));
      const arrived = { percent: 100, attachment: answer.value, localUrl: null };
      return this.#changeFile(conversationId, kind, key, arrived);
    }
    const isRefused = answer.error.code === "refused";
    this.#changeFile(conversationId, kind, key, {
      error: answer.error.code === "refused" ? answer.error.detail : "Not uploaded",
      canRetry: !isRefused,
    });
  }

  #addFile(
    conversationId: string,
    kind: DraftKind,
    file: File,
    { error = null, isInline = false }: {
      readonly error?: string | null;
      readonly isInline?: boolean;
    },
  ): number {
    const key = ++this.#lastKey;
    const { files } = this.#peek(conversationId, kind);
    const { name, size, type } = file;
    const added: ComposerFile = {
      ...{ key, name, size, type, error, isInline },
      percent: 0,
      attachment: null,
      canRetry: false,
      localUrl: isInline ? URL.createObjectURL(file) : null,
    };
    this.#set(conversationId, kind, { files: [...files, added] });
    return key;
  }

  /** Lets go of the bytes of a file that has arrived, or is not wanted. */
  #forget(file: ComposerFile | undefined): void {
    if (file === undefined) return;
    this.#sources.delete(file.key);
    if (file.localUrl !== null) URL.revokeObjectURL(file.localUrl);
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
