/**
 * Drafts on the server: saved as they are typed, taken over from other tabs and devices, and never lost. This tab's
 * words win over what it hears while they are unsaved; what loses is offered back. Without a connection they wait in
 * the browser's storage.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiDraft, ApiDraftNews, ApiDrafts } from "../../../core/model/api.ts";
import type { ApiDraftInput } from "../../../core/model/api_inputs.ts";
import type { Api, ApiFailure } from "./api.ts";
import type { ComposerState } from "./composer_state.ts";
import type { ComposerStore } from "./composer_store.ts";
import { draftContent, restoredDraft } from "./draft_content.ts";
import type { DraftKind, Drafts } from "./drafts.ts";

/** How a draft is doing. `kept`: in this browser only, until the connection is back. */
export type DraftStatus =
  | { readonly kind: "saved" }
  | { readonly kind: "kept" }
  | { readonly kind: "refused"; readonly reason: string };

export interface DraftSyncOptions {
  readonly api: Pick<Api, "saveDraft" | "deleteDraft" | "drafts">;
  readonly composers: ComposerStore;
  /** In this browser. */
  readonly kept: Drafts;
  /** Of this page. */
  readonly tab: string;
  after(ms: number, run: () => void): () => void;
  now(): number;
  newId(): string;
}

/** A pause in typing, and how long typing without one is waited for, in ms. */
export const PAUSE_MS = 800;
const LONGEST_MS = 3_000;
const RETRY_MS = 5_000;

/** One composer's draft. */
interface Entry {
  id: string;
  /** On the server; 0 when none is known. */
  version: number;
  /** Content as the server has it, as JSON; null for none. */
  saved: string | null;
  dirtySince: number | null;
  isSaving: boolean;
  /** The server took nothing more: it is too long. */
  refused: string | null;
  cancel: () => void;
}

export class DraftSync implements Disposable {
  readonly #options: DraftSyncOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #seen = new Map<string, ComposerState>();
  readonly #statuses = signal<ReadonlyMap<string, DraftStatus>>(new Map());
  readonly #others = signal<ReadonlyMap<string, ApiDraft["others"]>>(new Map());
  readonly #colleagues = signal<ReadonlyMap<string, ApiDrafts["others"]>>(new Map());
  #saves = 0;
  #stop = () => {};

  constructor(options: DraftSyncOptions) {
    this.#options = options;
  }

  /** What was written elsewhere at the same time, by composer. */
  get others(): ReadonlySignal<ReadonlyMap<string, ApiDraft["others"]>> {
    return this.#others;
  }

  /** Subscribes the caller, when that is a component. Null: nothing is unsent. */
  statusOf(conversationId: string, kind: DraftKind): DraftStatus | null {
    return this.#statuses.value.get(keyOf(conversationId, kind)) ?? null;
  }

  othersOf(conversationId: string, kind: DraftKind): ApiDraft["others"] {
    return this.#others.value.get(keyOf(conversationId, kind)) ?? [];
  }

  /** Colleagues who had something unsent there when it was opened. */
  colleaguesOf(conversationId: string): ApiDrafts["others"] {
    return this.#colleagues.value.get(conversationId) ?? [];
  }

  /** Saves from now on what is typed. */
  start(): void {
    const { composers } = this.#options;
    this.#stop = effect(() => {
      for (const [key, state] of composers.states.value) {
        if (this.#seen.get(key) === state) continue;
        this.#seen.set(key, state);
        this.#changed(key, state);
      }
    });
  }

  /** Reads what there is in a conversation that is opened. What is typed before the answer stays. */
  async open(conversationId: string): Promise<void> {
    const answer = await this.#options.api.drafts(conversationId);
    if (answer.ok) this.know(conversationId, answer.value);
  }

  know(conversationId: string, { items, others }: ApiDrafts): void {
    for (const draft of items) this.#hear(draft);
    const all = new Map(this.#colleagues.peek());
    if (others.length === 0) all.delete(conversationId);
    else all.set(conversationId, others);
    this.#colleagues.value = all;
  }

  /** One of the caller's drafts changed, here or elsewhere. */
  take({ conversationId, kind, draftId, draft }: ApiDraftNews): void {
    const { composers } = this.#options;
    composers.knowLine(conversationId, kind, draft?.text ?? "");
    if (draft !== null) {
      if (draft.tab !== this.#options.tab) this.#hear(draft);
      return;
    }
    const key = keyOf(conversationId, kind);
    const entry = this.#entries.get(key);
    if (entry?.id !== draftId) return;
    entry.id = this.#options.newId();
    this.#setOthers(key, []);
    if (this.#isDirty(key, entry)) return;
    entry.saved = null;
    this.#restore(conversationId, kind, null);
  }

  /** What is typed is on its way as a message. @returns the id of the draft it was, which ends with it */
  detach(conversationId: string, kind: DraftKind): string {
    const key = keyOf(conversationId, kind);
    const entry = this.#entryOf(key);
    entry.cancel();
    const { id } = entry;
    this.#setStatus(key, null);
    this.#setOthers(key, []);
    this.#entries.set(key, { ...this.#fresh(), version: entry.version });
    return id;
  }

  /** It was not sent: its words are a draft again. */
  attach(conversationId: string, kind: DraftKind, id: string): void {
    this.#entryOf(keyOf(conversationId, kind)).id = id;
  }

  /** What was written elsewhere was looked at: it is added, or not wanted. */
  settleOthers(conversationId: string, kind: DraftKind): void {
    const key = keyOf(conversationId, kind);
    this.#setOthers(key, []);
    void this.#save(conversationId, kind, { dropsOthers: true });
  }

  /** Saves what is unsaved now. @param isLeaving the page may be gone before the answer */
  flush(isLeaving = false): void {
    for (const [key, entry] of this.#entries) {
      if (!this.#isDirty(key, entry) || (entry.isSaving && !isLeaving)) continue;
      const [kind, conversationId] = partsOf(key);
      void this.#save(conversationId, kind, { isLeaving });
    }
  }

  [Symbol.dispose](): void {
    this.#stop();
    for (const { cancel } of this.#entries.values()) cancel();
  }

  #changed(key: string, state: ComposerState): void {
    const content = JSON.stringify(draftContent(state));
    const entry = this.#entries.get(key);
    if (entry === undefined && isEmpty(state)) return;
    const known = entry ?? this.#entryOf(key);
    if (content === known.saved || (known.saved === null && isEmpty(state))) {
      known.cancel();
      known.dirtySince = null;
      return;
    }
    if (known.refused !== content) known.refused = null;
    if (!known.isSaving) this.#plan(key, known, PAUSE_MS);
    if (this.#statuses.peek().get(key)?.kind !== "refused") this.#setStatus(key, null);
  }

  #plan(key: string, entry: Entry, afterMs: number): void {
    const { now, after } = this.#options;
    entry.dirtySince ??= now();
    entry.cancel();
    const waitMs = Math.max(0, Math.min(afterMs, entry.dirtySince + LONGEST_MS - now()));
    const [kind, conversationId] = partsOf(key);
    entry.cancel = after(waitMs, () => void this.#save(conversationId, kind));
  }

  /** Nobody knows when the connection is back. */
  #retry(key: string, entry: Entry): void {
    const [kind, conversationId] = partsOf(key);
    entry.cancel = this.#options.after(RETRY_MS, () => void this.#save(conversationId, kind));
  }

  async #save(
    conversationId: string,
    kind: DraftKind,
    { isLeaving = false, dropsOthers = false } = {},
  ): Promise<void> {
    const { api, composers, tab } = this.#options;
    const key = keyOf(conversationId, kind);
    const entry = this.#entryOf(key);
    const state = composers.get(conversationId, kind);
    const content = JSON.stringify(draftContent(state));
    if (entry.refused === content) return;
    entry.cancel();
    entry.isSaving = true;
    entry.dirtySince = null;
    const { id } = entry;
    if (isEmpty(state)) {
      const answer = await api.deleteDraft(conversationId, kind, { isLeaving });
      entry.isSaving = false;
      if (this.#entries.get(key) !== entry) return;
      if (answer.ok) {
        entry.saved = null;
        entry.id = this.#options.newId();
        composers.knowLine(conversationId, kind, "");
      }
      return this.#goOn(key, entry, answer.ok ? null : answer.error);
    }
    const input: ApiDraftInput = {
      id,
      ...draftContent(state),
      baseVersion: state.baseVersion,
      from: { tab, n: ++this.#saves },
      after: entry.version,
      ...(dropsOthers ? { dropsOthers } : {}),
    };
    const answer = await api.saveDraft(conversationId, kind, input, { isLeaving });
    entry.isSaving = false;
    // It was sent meanwhile: what is typed now is another draft.
    if (this.#entries.get(key) !== entry) return;
    if (!answer.ok) {
      const { error } = answer;
      // It was sent or thrown away in another tab: what is still here is a new one.
      if (error.code === "refused" && error.status === 409 && entry.id === id) {
        entry.id = this.#options.newId();
        return this.#plan(key, entry, PAUSE_MS);
      }
      if (error.code === "refused") entry.refused = content;
      return this.#goOn(key, entry, error);
    }
    entry.version = Math.max(entry.version, answer.value.version);
    entry.saved = content;
    composers.knowLine(conversationId, kind, state.text);
    this.#setOthers(key, answer.value.others);
    this.#goOn(key, entry, null);
  }

  /** After an answer: what was typed meanwhile is next. */
  #goOn(key: string, entry: Entry, failure: ApiFailure | null): void {
    const [kind, conversationId] = partsOf(key);
    if (failure?.code === "refused") {
      return this.#setStatus(key, { kind: "refused", reason: reasonOf(failure) });
    }
    if (failure !== null) {
      this.#setStatus(key, { kind: "kept" });
      return this.#retry(key, entry);
    }
    if (this.#isDirty(key, entry)) return this.#plan(key, entry, PAUSE_MS);
    // The server has it: what this browser kept could only grow old.
    this.#options.kept.write(conversationId, kind, "", null);
    this.#options.composers.restoreDrafts();
    this.#setStatus(key, entry.saved === null ? null : { kind: "saved" });
  }

  /** A draft as the server has it. */
  #hear(draft: ApiDraft): void {
    const { conversationId, kind } = draft;
    const { composers } = this.#options;
    const key = keyOf(conversationId, kind);
    const entry = this.#entries.get(key);
    composers.knowLine(conversationId, kind, draft.text);
    if (entry !== undefined && draft.version <= entry.version) return;
    const state = composers.get(conversationId, kind);
    const isOurs = entry === undefined ? !isEmpty(state) : this.#isDirty(key, entry);
    if (isOurs || entry?.isSaving) {
      // The next save says that it did not know of this one.
      this.#plan(key, this.#entryOf(key), PAUSE_MS);
      return;
    }
    const known = this.#entryOf(key);
    known.id = draft.id;
    known.version = draft.version;
    this.#restore(conversationId, kind, draft);
    this.#setOthers(key, draft.others);
    this.#setStatus(key, { kind: "saved" });
  }

  #restore(conversationId: string, kind: DraftKind, draft: ApiDraft | null): void {
    const { composers } = this.#options;
    const key = keyOf(conversationId, kind);
    const entry = this.#entryOf(key);
    const restored = restoredDraft(draft, () => composers.nextKey());
    // Before it is shown: what comes from the server is no change to be saved.
    entry.saved = draft === null ? null : JSON.stringify(draftContent(restored));
    composers.takeDraft(conversationId, kind, restored);
    if (draft === null) this.#setStatus(key, null);
  }

  #isDirty(key: string, { saved }: Entry): boolean {
    const [kind, conversationId] = partsOf(key);
    const state = this.#options.composers.get(conversationId, kind);
    return saved === null ? !isEmpty(state) : JSON.stringify(draftContent(state)) !== saved;
  }

  #entryOf(key: string): Entry {
    const known = this.#entries.get(key) ?? this.#fresh();
    this.#entries.set(key, known);
    return known;
  }

  #fresh(): Entry {
    return {
      id: this.#options.newId(),
      version: 0,
      saved: null,
      dirtySince: null,
      isSaving: false,
      refused: null,
      cancel: () => {},
    };
  }

  #setStatus(key: string, status: DraftStatus | null): void {
    if (this.#statuses.peek().get(key)?.kind === status?.kind) return;
    const statuses = new Map(this.#statuses.peek());
    if (status === null) statuses.delete(key);
    else statuses.set(key, status);
    this.#statuses.value = statuses;
  }

  #setOthers(key: string, others: ApiDraft["others"]): void {
    if (others.length === 0 && !this.#others.peek().has(key)) return;
    const all = new Map(this.#others.peek());
    if (others.length === 0) all.delete(key);
    else all.set(key, others);
    this.#others.value = all;
  }
}

/** Nothing anybody would miss. */
function isEmpty({ text, html, files }: ComposerState): boolean {
  return text.trim() === "" && html === null &&
    files.every(({ attachment }) => attachment === null);
}

function reasonOf(failure: Extract<ApiFailure, { code: "refused" }>): string {
  return failure.status === 413 ? "Too long to be saved: over 64 KB" : failure.detail;
}

function keyOf(conversationId: string, kind: DraftKind): string {
  return `${kind} ${conversationId}`;
}

function partsOf(key: string): readonly [DraftKind, string] {
  const [kind, conversationId = ""] = key.split(" ");
  return [kind === "comment" ? "comment" : "reply", conversationId];
}
